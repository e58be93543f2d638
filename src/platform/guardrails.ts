import type { IConstruct } from 'constructs';
import { FindingSeverity } from './finding-severity';
import { addAcknowledgement, settingsOf } from './guardrails-settings';
import { where } from './where';
import { findingTexts } from '../checks/review';
import { refuse } from '../values/guardrails-error';
import { insistArguments } from '../values/insist-typed';
import { problem } from '../values/problem';

/**
 * Options for `Guardrails.acknowledge`.
 */
export interface AcknowledgeOptions {
  /** Why the finding is meant; for whoever reads it in a year. */
  readonly reason: string;

  /**
   * The last day on which it holds, as `2027-01-31`. From the next day on it is a finding itself.
   *
   * @default - it holds for ever
   */
  readonly until?: string;
}

/**
 * What is said about the findings of a scope. Everything in an app that uses this library is checked when it is synthesized; a
 * finding that is meant is acknowledged, with a reason, at the construct or at any above it.
 *
 * @example
 *
 * Guardrails.of(chart).acknowledge('network/EgressWithoutDns', { reason: 'The jobs know their peers by address', until: '2027-06-30' });
 */
export class Guardrails {
  /** What is said about the findings of this construct and of all below it. */
  public static of(scope: IConstruct): Guardrails {
    insistArguments('Guardrails.of', { scope });
    return new Guardrails(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Says that a finding is known and meant. One that finds nothing is a finding itself.
   *
   * @param id id of the rule, such as `network/EgressWithoutDns`
   * @throws when there is no such rule, no reason, or no such day
   */
  public acknowledge(id: string, options: AcknowledgeOptions): void {
    insistArguments('Guardrails.acknowledge', { id, options }, where(this.scope));
    this.insistKnown(id);
    const { reason, until } = options;
    if (reason.trim() === '') {
      refuse(where(this.scope), `acknowledge ${id}`, problem(reason, 'a reason', 'Say why the finding is meant.'));
    }
    if (until !== undefined && !isDay(until)) {
      refuse(where(this.scope), `acknowledge ${id}`, problem(until, 'a day, as 2027-01-31', 'Write year, month and day.'));
    }
    addAcknowledgement(this.scope, { id, reason, until });
  }

  /**
   * Leaves a rule out, for the whole app or a whole cluster.
   *
   * @throws when there is no such rule, or the scope is only a part of a cluster
   */
  public ignore(id: string): void {
    this.insistKnown(id);
    settingsOf(this.scope, `ignore ${id}`).ignore.add(id);
  }

  /**
   * Makes the findings of a rule worse or less bad, for the whole app or a whole cluster.
   *
   * @throws when there is no such rule, or the scope is only a part of a cluster
   */
  public severity(id: string, severity: FindingSeverity): void {
    insistArguments('Guardrails.severity', { id, severity }, where(this.scope));
    this.insistKnown(id);
    settingsOf(this.scope, `severity of ${id}`).severities.set(id, severity);
  }

  private insistKnown(id: string): void {
    if (!findingTexts().some(text => text.id === id)) {
      refuse(where(this.scope), 'rule', problem(id, 'the id of a rule', 'docs/rules.md lists them all.'));
    }
  }
}

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
