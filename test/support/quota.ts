import { Dict, items } from './admission/json';
import { limitProblems, limitsOf, PodUse, podUse } from './admission/limit-range';
import { podSpecOf } from './admission/pod-spec';
import { formatQuantity, parseQuantity } from './admission/quantity';

const ONE = 1_000_000_000n;
const ALIASES: Dict = { 'cpu': 'requests.cpu', 'memory': 'requests.memory', 'ephemeral-storage': 'requests.ephemeral-storage' };
const COUNTED: Dict = {
  ConfigMap: 'configmaps',
  PersistentVolumeClaim: 'persistentvolumeclaims',
  ReplicationController: 'replicationcontrollers',
  ResourceQuota: 'resourcequotas',
  Secret: 'secrets',
  Service: 'services',
};
const KNOWN = /^(pods|(requests|limits)\.(cpu|memory|ephemeral-storage)|requests\.storage|services\.(nodeports|loadbalancers)|count\/.+)$/;
const COMPUTE = /^(requests|limits)\.(cpu|memory|ephemeral-storage)$/;

/**
 * What the objects of a namespace use, by the names that a ResourceQuota has for it, once the LimitRange has filled in its defaults.
 * Only what is given counts, not what the cluster adds by itself.
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/
 */
export function quotaUse(objects: any[], namespace: string): Record<string, string> {
  const entries = [...useOf(ownedBy(objects, namespace))].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, amount]) => [name, print(name, amount)]));
}

/** Why a namespace would not take all of these objects: its ResourceQuotas and its LimitRange. */
export function quotaProblems(objects: any[], namespace: string): string[] {
  const own = ownedBy(objects, namespace);
  const used = useOf(own);
  const quotas = own.filter(({ kind }) => kind === 'ResourceQuota');
  return [
    ...quotas.flatMap((quota) => Object.entries<unknown>(quota.spec.hard ?? {}).flatMap(([name, hard]) => (
      hardProblems(quota, ALIASES[name] ?? name, `${hard}`, used, own)
    ))),
    ...limitProblems(own, podsOf(own)),
  ];
}

function ownedBy(objects: Dict[], namespace: string): Dict[] {
  return objects.filter(({ metadata }) => metadata?.namespace === namespace);
}

function hardProblems({ metadata, spec }: Dict, name: string, hard: string, used: Map<string, bigint>, own: Dict[]): string[] {
  const limit = parseQuantity(hard);
  if (limit === undefined || spec.scopes || spec.scopeSelector || !(KNOWN.test(name) || Object.values(COUNTED).includes(name))) {
    throw new Error(`quotaProblems does not cover ${name}: ${hard} of ResourceQuota ${metadata.name}, or its scopes`);
  }
  const amount = used.get(name) ?? 0n;
  // With a quota on a compute resource the API server refuses every pod of which a container leaves it open.
  const containers = COMPUTE.test(name) ? podsOf(own).flatMap((pod) => pod.containers) : [];
  const open = containers.filter(({ amounts }) => amounts[name] === undefined);
  return [
    ...(amount > limit ? [`ResourceQuota ${metadata.name}: ${name} ${print(name, amount)} of ${hard}`] : []),
    ...open.map(({ where }) => `ResourceQuota ${metadata.name}: ${where} has no ${name}`),
  ];
}

function podsOf(own: Dict[]): PodUse[] {
  const limits = limitsOf(own, 'Container');
  return own.filter((object) => podSpecOf(object)).map((object) => podUse(object, podSpecOf(object) ?? {}, limits));
}

function useOf(own: Dict[]): Map<string, bigint> {
  const use = new Map<string, bigint>();
  const add = (name: string, amount: bigint): void => {
    if (amount > 0n) {
      use.set(name, (use.get(name) ?? 0n) + amount);
    }
  };
  for (const object of own) {
    countObject(object, add);
    storageOf(object).forEach((claim) => {
      add('requests.storage', parseQuantity(`${claim.spec?.resources?.requests?.storage ?? 0}`) ?? 0n);
      add('persistentvolumeclaims', ONE);
    });
  }
  for (const pod of podsOf(own)) {
    add('pods', BigInt(pod.count) * ONE);
    Object.entries(pod.total).forEach(([name, amount]) => add(name, BigInt(pod.count) * amount));
  }
  return use;
}

function countObject({ apiVersion, kind, spec }: Dict, add: (name: string, amount: bigint) => void): void {
  const group = `${apiVersion}`.includes('/') ? `.${`${apiVersion}`.split('/')[0]}` : '';
  add(`count/${plural(`${kind}`.toLowerCase())}${group}`, ONE);
  if (COUNTED[kind] && group === '' && kind !== 'PersistentVolumeClaim') {
    add(COUNTED[kind], ONE);
  }
  if (kind === 'Service' && group === '') {
    const balanced = spec?.type === 'LoadBalancer';
    add('services.loadbalancers', balanced ? ONE : 0n);
    const exposed = spec?.type === 'NodePort' || (balanced && spec.allocateLoadBalancerNodePorts !== false);
    add('services.nodeports', exposed ? BigInt(items(spec.ports).length) * ONE : 0n);
  }
}

/** The claims that an object is or makes, once for each replica. */
function storageOf({ kind, spec }: Dict): Dict[] {
  const templates = kind === 'StatefulSet' ? items(spec?.volumeClaimTemplates) : [];
  return kind === 'PersistentVolumeClaim' ? [{ spec }] : Array.from({ length: spec?.replicas ?? 1 }, () => templates).flat();
}

function plural(word: string): string {
  return /[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : /(s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}

function print(name: string, amount: bigint): string {
  return formatQuantity(amount, /memory|storage/.test(name) ? 'bytes' : 'number');
}
