import type { Construct } from 'constructs';
import type { Subject } from './policy-intent';
import { Platform } from '../../platform/platform';
import { where } from '../../platform/where';
import { MADE_HERE, MANAGED_LABEL } from '../../target/well-known-labels';
import { insist } from '../../values/guardrails-error';
import { LabelSelector } from '../../values/label-selector';
import { dnsLabelProblem } from '../../values/names';
import { type Problem, problem } from '../../values/problem';
import { selectorProblem } from '../../values/selector';
import type { KyvernoNamespaceOptions } from '../intent-options';

/** The namespaces that the platform runs for its tenants. */
const MANAGED = LabelSelector.labels({ [MANAGED_LABEL]: 'true' });

/** Objects of these kinds in the namespaces that are meant. */
export function subjectOf(construct: Construct, kinds: string[], options: KyvernoNamespaceOptions): Subject {
  const at = where(construct);
  const namespaces = options.namespaceSelector ?? MANAGED;
  const excluded = options.excludeNamespaces ?? [];
  insist(at, 'namespaceSelector', selectorProblem(namespaces._selector));
  insist(at, 'excludeNamespaces', exceptProblem(excluded));
  return { kinds, namespaces, except: [...new Set([...Platform.of(construct).systemNamespaces, ...excluded])].sort() };
}

/**
 * The Namespaces for which objects are made. Those of TenantNamespace are never among them, whatever is selected: theirs come with
 * them, and a second set would open what the tenant was not given or count against it twice.
 */
export function generatorSubject(construct: Construct, options: KyvernoNamespaceOptions): Subject {
  return { ...subjectOf(construct, ['v1/Namespace'], options), exceptLabelled: LabelSelector.labels(MADE_HERE) };
}

function exceptProblem(names: readonly string[]): Problem | undefined {
  for (const name of names) {
    if (/^[*?]+$/.test(name)) {
      return problem(name, 'names that leave some namespace over', 'Leave the construct out where no namespace is meant.');
    }
    // What a wildcard stands for may be any letter.
    const wrong = dnsLabelProblem(name.replace(/[*?]/g, 'x'));
    if (wrong) return problem(name, `${wrong.allowed}, with the wildcards * and ?`, 'Write the name of a namespace, or leave it out.');
  }
  return undefined;
}
