/** How bad a finding is. */
export enum FindingSeverity {
  /** Would be refused, or does what nobody means. Stops the synth. */
  ERROR = 'error',
  /** May be meant. Told on stderr. */
  WARNING = 'warning',
  /** Good to know. Told by `guardrails check` only. */
  INFO = 'info',
}
