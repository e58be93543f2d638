import type { CheckContext } from '../check-context';
import type { Located } from '../finding';
import { groupOf } from '../kubernetes/group';
import { asList, asObject } from '../read';

type Fields = Record<string, unknown>;

/** A rule of a Kyverno policy that makes an object. */
export interface GeneratorRule {
  readonly policy: Located;
  /** The rule as a whole, with what it matches. */
  readonly rule: Fields;
  readonly generate: Fields;
}

const sets = new WeakMap<CheckContext, readonly GeneratorRule[]>();

/** The rules of `kyverno.io` policies that make objects. */
export function generatorRules(context: CheckContext): readonly GeneratorRule[] {
  let rules = sets.get(context);
  if (!rules) {
    rules = context.ofKind('ClusterPolicy', 'Policy').flatMap(policy => {
      if (groupOf(policy.object.apiVersion) !== 'kyverno.io') return [];
      return asList(asObject(policy.object.spec)?.rules).flatMap(entry => {
        const rule = asObject(entry);
        const generate = asObject(rule?.generate);
        return rule && generate ? [{ policy, rule, generate }] : [];
      });
    });
    sets.set(context, rules);
  }
  return rules;
}

/** Whether some generator may make objects of a kind, so that the set does not show all of them. */
export function mayBeGenerated(context: CheckContext, kind: string): boolean {
  // A GeneratingPolicy computes what it makes; only the cluster knows.
  if (context.ofKind('GeneratingPolicy', 'NamespacedGeneratingPolicy').length > 0) return true;
  return generatorRules(context).some(({ generate }) => {
    const cloned = asList(asObject(generate.cloneList)?.kinds);
    const lists = asList(generate.foreach).map(entry => asObject(entry)?.kind);
    return [generate.kind, ...cloned, ...lists].some(made => typeof made === 'string' && made.split('/').pop() === kind);
  });
}

/** Whether some Kyverno policy may change objects on their way into the cluster. */
export function mayBeMutated(context: CheckContext): boolean {
  return context.ofKind('MutatingPolicy', 'NamespacedMutatingPolicy', 'MutatingAdmissionPolicy').length > 0
    || context.ofKind('ClusterPolicy', 'Policy')
      .some(({ object }) => asList(asObject(object.spec)?.rules).some(rule => asObject(rule)?.mutate !== undefined));
}
