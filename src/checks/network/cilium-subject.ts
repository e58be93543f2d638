import type { Selector } from '../../values/selector';
import type { CheckContext } from '../check-context';
import { CILIUM_POLICIES, type Direction, readPolicy, type RuleReading } from '../cilium/read-policy';
import type { Located } from '../finding';
import { readSelector } from '../kubernetes/read-selector';
import { namespaceOf } from '../kubernetes/workloads';

/** A rule of a Cilium policy, with the pods that it may be about. */
export interface CiliumSubject {
  readonly located: Located;
  readonly rule: RuleReading;
  /** Nothing for a cluster-wide policy. */
  readonly namespace?: string;
  /** What it asks of the labels of pods; what it asks of namespaces and identities is left out. Nothing where that is not known. */
  readonly selector?: Selector;
}

const sets = new WeakMap<CheckContext, readonly CiliumSubject[]>();

/** The rules of all Cilium policies that are about pods. */
export function ciliumSubjects(context: CheckContext): readonly CiliumSubject[] {
  let subjects = sets.get(context);
  if (!subjects) {
    subjects = context.ofKind(...CILIUM_POLICIES).flatMap(located => {
      const reading = readPolicy(located);
      return reading.rules
        .filter(({ fields }) => fields.nodeSelector === undefined)
        .map(rule => ({
          located,
          rule,
          namespace: reading.clusterwide ? undefined : namespaceOf(located),
          selector: podPart(readSelector(rule.fields.endpointSelector)),
        }));
    });
    sets.set(context, subjects);
  }
  return subjects;
}

export function hasItems({ rule }: CiliumSubject, direction: Direction): boolean {
  return rule.items.some(item => item.direction === direction);
}

function podPart(selector: Selector | undefined): Selector | undefined {
  // Nearly all selectors are written with plain keys.
  if (!selector || isPlain(selector)) return selector;
  const labels = Object.entries(selector.matchLabels ?? {}).filter(([key]) => isPodLabel(key));
  return {
    matchLabels: Object.fromEntries(labels.map(([key, value]) => [withoutSource(key), value])),
    matchExpressions: selector.matchExpressions?.filter(({ key }) => isPodLabel(key))
      .map(requirement => ({ ...requirement, key: withoutSource(requirement.key) })),
  };
}

function isPlain({ matchLabels, matchExpressions = [] }: Selector): boolean {
  for (const key in matchLabels) if (!isPodLabel(key) || withoutSource(key) !== key) return false;
  return matchExpressions.every(({ key }) => isPodLabel(key) && withoutSource(key) === key);
}

function isPodLabel(key: string): boolean {
  return !/^(reserved:|(k8s:|any:)?io\.(kubernetes\.pod|cilium)\.)/.test(key);
}

function withoutSource(key: string): string {
  return key.replace(/^(k8s|any):/, '');
}
