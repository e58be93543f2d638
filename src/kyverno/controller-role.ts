import { Construct } from 'constructs';
import { addObject } from '../platform/kube-object';
import { parseKind } from '../values/kyverno-kind';

/** Kyverno's controllers that can be given more rights. */
export type KyvernoController = 'admission' | 'background' | 'reports';

/** Rights on kinds of one API group. */
export interface ControllerRights {
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly verbs: string[];
}

/**
 * Rights that a controller of Kyverno lacks: a ClusterRole that Kyverno's own aggregates by its label. The webhook asks for the
 * rights when the policy comes in, so the policy depends on it.
 *
 * @see https://kyverno.io/docs/installation/customization/#customizing-permissions
 */
export class KyvernoControllerRole extends Construct {
  constructor(scope: Construct, id: string, name: string, controller: KyvernoController, rules: ControllerRights[]) {
    super(scope, id);
    addObject(this, {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: `${name}-${controller}`, labels: { [`rbac.kyverno.io/aggregate-to-${controller}-controller`]: 'true' } },
      rules,
    });
  }
}

/** What the built-in ClusterRole `view` lets read; Kyverno's controllers are bound to it. */
const VIEWED: Record<string, string[]> = {
  '': [
    'ConfigMap', 'Endpoints', 'Event', 'LimitRange', 'Namespace', 'PersistentVolumeClaim', 'Pod', 'ReplicationController', 'ResourceQuota',
    'Service', 'ServiceAccount',
  ],
  'apps': ['ControllerRevision', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  'autoscaling': ['HorizontalPodAutoscaler'],
  'batch': ['CronJob', 'Job'],
  'discovery.k8s.io': ['EndpointSlice'],
  'networking.k8s.io': ['Ingress', 'NetworkPolicy'],
  'policy': ['PodDisruptionBudget'],
};

/** Whether objects of a kind hold what no report is worth reading it for. */
export function isSecret(text: string): boolean {
  const { group, kind } = parseKind(text) ?? {};
  return group === '' && kind === 'Secret';
}

/** Rights to read those of the kinds that Kyverno cannot read by itself; never the Secrets of the cluster. */
export function rightsToRead(kinds: string[]): ControllerRights[] {
  const byGroup = new Map<string, string[]>();
  for (const { group, kind } of kinds.filter(text => !isSecret(text)).flatMap(text => parseKind(text) ?? [])) {
    if (VIEWED[group]?.includes(kind)) continue;
    byGroup.set(group, [...byGroup.get(group) ?? [], resourceOf(kind)]);
  }
  return [...byGroup].sort().map(([group, resources]) => ({
    apiGroups: [group], resources: [...new Set(resources)].sort(), verbs: ['get', 'list', 'watch'],
  }));
}

/** The resource of a kind: its plural, as the authors of CRDs form it. */
function resourceOf(kind: string): string {
  const singular = kind.toLowerCase();
  if (/(s|x|z|ch|sh)$/.test(singular)) return `${singular}es`;
  return /[^aeiou]y$/.test(singular) ? `${singular.slice(0, -1)}ies` : `${singular}s`;
}
