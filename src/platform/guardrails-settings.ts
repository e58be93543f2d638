import type { IConstruct } from 'constructs';
import { platforms } from './platform-scopes';
import { where } from './where';
import type { Acknowledgement } from '../checks/acknowledgement';
import type { Severity } from '../checks/finding';
import { refuse } from '../values/guardrails-error';

/** What is said about the rules of an app or a cluster. */
interface Settings {
  readonly ignore: Set<string>;
  readonly severities: Map<string, Severity>;
}

const settings = new WeakMap<IConstruct, Settings>();
const acknowledgements = new WeakMap<IConstruct, Acknowledgement[]>();

/** Notes that a finding of this scope is meant. */
export function addAcknowledgement(scope: IConstruct, acknowledgement: Acknowledgement): void {
  acknowledgements.set(scope, [...acknowledgements.get(scope) ?? [], acknowledgement]);
}

/** The acknowledgements of some constructs, by path. */
export function acknowledgementsOf(constructs: readonly IConstruct[]): Map<string, Acknowledgement[]> {
  return new Map(constructs.flatMap(construct => {
    const given = acknowledgements.get(construct);
    return given ? [[construct.node.path, given] as const] : [];
  }));
}

/**
 * The settings of a scope, to be changed.
 *
 * @throws GuardrailsError when the scope is only a part of a cluster
 */
export function settingsOf(scope: IConstruct, what: string): Settings {
  if (scope.node.scope !== undefined && !platforms.has(scope)) {
    refuse(where(scope), what, {
      given: 'a part of a cluster',
      allowed: 'the app, or the scope of a Platform',
      mend: 'For a part, use Guardrails.of(scope).acknowledge with a reason.',
    });
  }
  const known = settings.get(scope) ?? { ignore: new Set(), severities: new Map() };
  settings.set(scope, known);
  return known;
}

/** What holds for a cluster: its own settings and those of the scopes above it, the nearest last, so that it wins. */
export function settingsFor(cluster: IConstruct): { ignore: string[]; severities: Record<string, Severity> } {
  const given = cluster.node.scopes.flatMap(scope => settings.get(scope) ?? []);
  return {
    ignore: given.flatMap(({ ignore }) => [...ignore]),
    severities: Object.fromEntries(given.flatMap(({ severities }) => [...severities])),
  };
}
