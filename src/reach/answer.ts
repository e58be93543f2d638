import type { Direction } from './rule';
import type { Source } from '../checks/finding';

/** `depends` where the manifests do not tell: on the conditions that are said. */
export type Verdict = 'allowed' | 'denied' | 'depends';

/** What decided, or came close to it. */
export interface Reason {
  /**
   * `allows` and `denies`: a rule that does. `limits`: a rule that takes other requests only, or a policy that asks more of every peer.
   * `isolates`: a policy that denies what no rule allows. `misses`: a rule that allows, but something else. `free`: no policy is asked.
   */
  readonly effect: 'allows' | 'denies' | 'limits' | 'isolates' | 'misses' | 'free';
  /** In a line, for people. */
  readonly text: string;
  /** The policy, as `NetworkPolicy shop/allow-web`. */
  readonly policy?: string;
  /** JSON pointer to the rule in the policy. */
  readonly pointer?: string;
  /** `ingress`, `egress`, `ingressDeny` or `egressDeny`, and the place of the rule in it from 0. */
  readonly list?: string;
  readonly index?: number;
  /** The peer of the rule that matched. */
  readonly peer?: string;
  /** The ports of the rule. */
  readonly ports?: string;
  /** What it depends on. */
  readonly condition?: string;
  /** Where the policy was written. */
  readonly source?: Source;
}

/** What one end says. */
export interface HalfAnswer {
  readonly direction: Direction;
  /** Whose policies were asked. */
  readonly subject: string;
  readonly verdict: Verdict;
  /** What decided first, then what came closest. */
  readonly reasons: readonly Reason[];
}

/** Whether a connection passes, and why. */
export interface Answer {
  readonly from: string;
  readonly to: string;
  /** `8080/TCP`, `ICMP type 8` */
  readonly port: string;
  readonly verdict: Verdict;
  /** What `depends` depends on. */
  readonly conditions: readonly string[];
  /** Where only some requests pass, these; empty where all do, or none. */
  readonly requests: readonly string[];
  readonly egress: HalfAnswer;
  readonly ingress: HalfAnswer;
}

/** An answer in lines, as `guardrails explain` prints it. */
export function answerText({ from, to, port, verdict, conditions, requests, egress, ingress }: Answer): string {
  const head = `${from} => ${to} : ${port} ${verdictText(verdict, conditions)}`;
  const limits = requests.length > 0 ? [`  only ${requests.join(', ')}`] : [];
  return [head, ...limits, ...[egress, ingress].flatMap(halfLines)].join('\n');
}

/** `is allowed`, `is denied`, or on what it depends. */
export function verdictText(verdict: Verdict, conditions: readonly string[]): string {
  return verdict === 'depends' ? `depends on whether ${conditions.join(', and whether ')}` : `is ${verdict}`;
}

function halfLines({ direction, subject, verdict, reasons }: HalfAnswer): string[] {
  return [`  ${direction} of ${subject}: ${verdict}`, ...reasons.map(({ text, source }) => `    ${text}${place(source)}`)];
}

function place(source: Source | undefined): string {
  if (source?.file !== undefined) return ` (${source.file}${source.line === undefined ? '' : `:${source.line}`})`;
  return source?.constructPath === undefined ? '' : ` (${source.constructPath})`;
}
