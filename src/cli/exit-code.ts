/** What a command ends with. */
export enum ExitCode {
  OK = 0,
  /** Something was found that makes the check fail. */
  FINDINGS = 1,
  /** The command line cannot be understood, or input cannot be read. */
  USAGE = 2,
}

/** A command line that cannot be understood. */
export class UsageError extends Error {}
