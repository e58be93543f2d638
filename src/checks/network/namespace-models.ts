import { ciliumSubjects } from './cilium-subject';
import { NamespaceModel } from './namespace-model';
import { networkPoliciesOf, type PeerReading, type RuleReading } from './read-network-policy';
import { NAMESPACE_NAME_LABEL } from '../../target/well-known-labels';
import type { Selector } from '../../values/selector';
import type { CheckContext } from '../check-context';
import type { Located } from '../finding';
import { scopeOf } from '../kubernetes/scope';
import { namespaceOf, type Workload, workloadsOf } from '../kubernetes/workloads';

/** Known kinds that make pods of their own. */
const POD_MAKERS = [
  'HelmRelease', 'Prometheus', 'PrometheusAgent', 'Alertmanager', 'ThanosRuler', 'Gateway', 'ResourceSet', 'FluxInstance',
];

const sets = new WeakMap<CheckContext, ReadonlyMap<string, NamespaceModel>>();

/** The namespaces of the set that have workloads or NetworkPolicies. */
export function namespaceModels(context: CheckContext): ReadonlyMap<string, NamespaceModel> {
  let models = sets.get(context);
  if (!models) {
    models = build(context);
    sets.set(context, models);
  }
  return models;
}

/** The model of the namespace that an object is in. */
export function modelOf(context: CheckContext, located: Located): NamespaceModel {
  return namespaceModels(context).get(keyOf(located)) ?? new NamespaceModel(namespaceOf(located));
}

function build(context: CheckContext): Map<string, NamespaceModel> {
  const models = new Map<string, NamespaceModel>();
  const model = (located: Located): NamespaceModel => {
    const key = keyOf(located);
    let known = models.get(key);
    if (!known) models.set(key, known = new NamespaceModel(namespaceOf(located)));
    return known;
  };
  for (const workload of workloadsOf(context)) model(workload.located).workloads.push(workload);
  for (const policy of networkPoliciesOf(context)) model(policy.located).policies.push(policy);
  for (const [kind, objects] of context.byKind) {
    const makesPods = POD_MAKERS.includes(kind);
    for (const located of objects) {
      if (!makesPods && scopeOf(located.object) !== undefined) continue;
      const known = models.get(keyOf(located));
      if (known) known.hasUnseenPods = true;
    }
  }
  addCilium(context, models);
  return models;
}

function addCilium(context: CheckContext, models: ReadonlyMap<string, NamespaceModel>): void {
  for (const subject of ciliumSubjects(context)) {
    if (subject.namespace === undefined) for (const model of models.values()) model.cilium.push(subject);
    else models.get(keyOf(subject.located))?.cilium.push(subject);
  }
}

/** Objects that do not say their namespace are together with those of their own file only. */
function keyOf(located: Located): string {
  return namespaceOf(located) || `\n${located.source.file ?? ''}`;
}

/** The namespace that a peer of pods is in, where it is one that the set knows. */
export function modelOfPeer(
  context: CheckContext, { policy }: RuleReading, { namespaceSelector, isIpBlock }: PeerReading,
): NamespaceModel | undefined {
  if (isIpBlock || namespaceSelector === 'unknown') return undefined;
  if (!namespaceSelector) return modelOf(context, policy.located);
  const name = namespaceByName(namespaceSelector);
  return name === undefined ? undefined : namespaceModels(context).get(name);
}

/** The one namespace that a selector names by the label of the API server. */
function namespaceByName({ matchLabels = {}, matchExpressions = [] }: Selector): string | undefined {
  const [key, ...more] = Object.keys(matchLabels);
  return key === NAMESPACE_NAME_LABEL && more.length + matchExpressions.length === 0 ? matchLabels[key] : undefined;
}

/** The workloads at whose ports a rule is aimed, as far as the set shows them. */
export function receiversOf(context: CheckContext, rule: RuleReading): readonly Workload[] {
  if (rule.direction === 'ingress') return modelOf(context, rule.policy.located).selectedBy(rule.policy.subject) ?? [];
  const receivers = rule.peers.map(peer => modelOfPeer(context, rule, peer)?.selectedBy(peer.podSelector ?? {}) ?? []);
  // Where one peer is not seen, the port may be meant for it.
  return receivers.every(({ length }) => length > 0) ? [...new Set(receivers.flat())] : [];
}
