import { isTriggeredBy } from './namespace-triggers';
import type { Manifest } from '../../manifests/manifest';
import type { CheckContext } from '../check-context';
import type { Located } from '../finding';
import { groupOf } from '../kubernetes/group';
import { namespacesOf } from '../kubernetes/namespaces';
import { isTemplate } from '../kubernetes/text';
import { jsonOf } from '../kyverno/fields';
import { asList, asObject } from '../read';

type Fields = Record<string, unknown>;

/** A rule of a Kyverno policy that makes an object. */
export interface GeneratorRule {
  readonly policy: Located;
  /** The rule as a whole, with what it matches. */
  readonly rule: Fields;
  readonly generate: Fields;
}

/** An object that a policy makes for a Namespace of the set. */
export interface Generated extends Located {
  readonly policy: Located;
}

const rules = new WeakMap<CheckContext, readonly GeneratorRule[]>();
const generated = new WeakMap<CheckContext, readonly Generated[]>();

/** The name of the Namespace that a rule is triggered by, as rules write it. */
const TRIGGER_NAME = /\{\{\s*request\.object\.metadata\.name\s*\}\}/g;

/** The rules of `kyverno.io` policies that make objects. */
export function generatorRules(context: CheckContext): readonly GeneratorRule[] {
  let known = rules.get(context);
  if (!known) {
    known = context.ofKind('ClusterPolicy', 'Policy').flatMap(policy => {
      if (groupOf(policy.object.apiVersion) !== 'kyverno.io') return [];
      return asList(asObject(policy.object.spec)?.rules).flatMap(entry => {
        const rule = asObject(entry);
        const generate = asObject(rule?.generate);
        return rule && generate ? [{ policy, rule, generate }] : [];
      });
    });
    rules.set(context, known);
  }
  return known;
}

/** What policies make for the Namespaces of the set, as far as it can be told without a cluster. */
export function generatedObjects(context: CheckContext): readonly Generated[] {
  let known = generated.get(context);
  if (!known) {
    known = generatorRules(context).flatMap(generator => [...namespacesOf(context).keys()].flatMap(namespace =>
      isTriggeredBy(context, generator.rule, namespace) === true ? madeBy(generator, namespace) ?? [] : []));
    generated.set(context, known);
  }
  return known;
}

/** Whether a rule makes an object in a namespace; nothing where only the cluster knows. */
export function generatesIn({ rule, generate }: GeneratorRule, namespace: string, context: CheckContext): boolean | undefined {
  const { namespace: target } = generate;
  if (target === undefined || target === null) return namespace === '' || undefined;
  if (typeof target !== 'string') return false;
  if (!isTemplate(target)) return target === namespace;
  if (target.replace(TRIGGER_NAME, '') !== '') return undefined;
  return namespace === '' ? false : isTriggeredBy(context, rule, namespace);
}

/** Whether some generator may make objects of a kind, so that the set does not show all of them: in a namespace, or anywhere. */
export function mayBeGenerated(context: CheckContext, kind: string, namespace?: string): boolean {
  // A GeneratingPolicy computes what it makes; only the cluster knows.
  if (context.ofKind('GeneratingPolicy', 'NamespacedGeneratingPolicy').length > 0) return true;
  // An object without a namespace may be meant for any.
  return generatorRules(context).some(generator => (
    makesKind(generator, kind) && (!namespace || generatesIn(generator, namespace, context) !== false)
  ));
}

/** Whether a rule makes objects of a kind. */
export function makesKind({ generate }: GeneratorRule, kind: string): boolean {
  const cloned = asList(asObject(generate.cloneList)?.kinds);
  const lists = asList(generate.foreach).map(entry => asObject(entry)?.kind);
  return [generate.kind, ...cloned, ...lists].some(made => typeof made === 'string' && made.split('/').pop() === kind);
}

/** Whether some generator may make a policy of the network in a namespace. */
export function policyMayBeGenerated(context: CheckContext, namespace: string): boolean {
  return mayBeGenerated(context, 'NetworkPolicy', namespace) || mayBeGenerated(context, 'CiliumNetworkPolicy', namespace);
}

/** Whether some Kyverno policy may change objects on their way into the cluster. */
export function mayBeMutated(context: CheckContext): boolean {
  return context.ofKind('MutatingPolicy', 'NamespacedMutatingPolicy', 'MutatingAdmissionPolicy').length > 0
    || context.ofKind('ClusterPolicy', 'Policy')
      .some(({ object }) => asList(asObject(object.spec)?.rules).some(rule => asObject(rule)?.mutate !== undefined));
}

function madeBy({ policy, generate }: GeneratorRule, trigger: string): Generated | undefined {
  const { apiVersion, kind, name, namespace, data } = generate;
  const text = jsonOf({ apiVersion, kind, name, namespace, data });
  if (text === undefined || isTemplate(text.replace(TRIGGER_NAME, ''))) return undefined;
  const filledIn = (_key: string, part: unknown) => (typeof part === 'string' ? part.replace(TRIGGER_NAME, () => trigger) : part);
  const made = asObject(JSON.parse(text, filledIn)) ?? {};
  const fields = asObject(made.data);
  if (!fields || made.namespace !== trigger) return undefined;
  if (typeof made.apiVersion !== 'string' || typeof made.kind !== 'string' || typeof made.name !== 'string') return undefined;
  const metadata = { ...asObject(fields.metadata), name: made.name, namespace: trigger };
  const object: Manifest = { ...fields, apiVersion: made.apiVersion, kind: made.kind, metadata };
  return { policy, object, source: policy.source };
}
