import { Dict, items } from './json';
import { parseQuantity } from './quantity';

type Amounts = Record<string, bigint>;

export interface ContainerUse {
  readonly where: string;
  /** By name, such as `limits.cpu`, in billionths; what is left open is missing. */
  readonly amounts: Amounts;
}

export interface PodUse {
  readonly where: string;
  /** How many pods the object runs. */
  readonly count: number;
  readonly containers: ContainerUse[];
  /** What one of its pods takes. */
  readonly total: Amounts;
}

const RESOURCES = ['cpu', 'memory', 'ephemeral-storage'];
const NAMES = RESOURCES.flatMap((resource) => [`requests.${resource}`, `limits.${resource}`]);

/** The item of the namespace's LimitRange for a type. With several it is not defined which one fills in the defaults. */
export function limitsOf(own: Dict[], type: 'Container' | 'Pod' | 'PersistentVolumeClaim'): Dict {
  const found = own.filter(({ kind }) => kind === 'LimitRange').flatMap(({ spec }) => items(spec?.limits)).filter((item) => item.type === type);
  if (found.length > 1) {
    throw new Error(`several LimitRange items of type ${type} in one namespace: their order is not defined`);
  }
  const item: Dict = found[0] ?? {};
  const defaults = { ...item.max, ...item.default };
  return type === 'Container' ? { ...item, default: defaults, defaultRequest: { ...item.min, ...defaults, ...item.defaultRequest } } : item;
}

/** What the pods of an object take, with the defaults of a LimitRange. */
export function podUse(object: Dict, spec: Dict, limits: Dict): PodUse {
  const where = `${object.kind} ${object.metadata?.name}`;
  if (spec.resources || spec.overhead) {
    throw new Error(`${where} sets resources or overhead for the pod, which is not covered`);
  }
  const use = (container: Dict): ContainerUse => ({ where: `container ${container.name} of ${where}`, amounts: amountsOf(container, limits) });
  const containers = items(spec.containers).map(use);
  const before = items(spec.initContainers).map((container) => ({ ...use(container), stays: container.restartPolicy === 'Always' }));
  const total = Object.fromEntries(NAMES.map((name) => [name, peak(name, containers, before)]));
  return { where, count: podCount(object), containers: [...before, ...containers], total };
}

/** Init containers run one after another, each beside the sidecars that started before it; the others run together with all sidecars. */
function peak(name: string, containers: ContainerUse[], before: (ContainerUse & { stays: boolean })[]): bigint {
  let sidecars = 0n;
  let highest = 0n;
  for (const { amounts, stays } of before) {
    const amount = amounts[name] ?? 0n;
    highest = sidecars + amount > highest ? sidecars + amount : highest;
    sidecars += stays ? amount : 0n;
  }
  const running = containers.reduce((sum, { amounts }) => sum + (amounts[name] ?? 0n), sidecars);
  return running > highest ? running : highest;
}

/** A limit without a request is also the request; only then come the defaults. */
function amountsOf({ resources = {} }: Dict, limits: Dict): Amounts {
  const { requests = {}, limits: upper = {} } = resources;
  const written: Dict = {};
  for (const resource of RESOURCES) {
    written[`limits.${resource}`] = upper[resource] ?? limits.default?.[resource];
    written[`requests.${resource}`] = requests[resource] ?? upper[resource] ?? limits.defaultRequest?.[resource];
  }
  return toAmounts(written);
}

function toAmounts(written: Dict): Amounts {
  return Object.fromEntries(Object.entries(written).filter(([, text]) => text !== undefined).map(([name, text]) => {
    const amount = parseQuantity(`${text}`);
    if (amount === undefined) {
      throw new Error(`${name}: '${text}' is not a quantity`);
    }
    return [name, amount];
  }));
}

function podCount({ kind, metadata, spec }: Dict): number {
  switch (kind) {
    case 'Pod': return 1;
    case 'DaemonSet': throw new Error(`DaemonSet ${metadata.name} runs as many pods as there are nodes, which nobody said`);
    case 'Job': return Math.min(spec.parallelism ?? 1, spec.completions ?? Infinity);
    // One run at a time.
    case 'CronJob': return podCount({ kind: 'Job', metadata, spec: spec.jobTemplate.spec });
    default: return spec.replicas ?? 1;
  }
}

/** What the LimitRange of a namespace has against its objects. */
export function limitProblems(own: Dict[], pods: PodUse[]): string[] {
  const container = limitsOf(own, 'Container');
  const pod = limitsOf(own, 'Pod');
  const claims = own.filter(({ kind }) => kind === 'PersistentVolumeClaim');
  const storage = limitsOf(own, 'PersistentVolumeClaim');
  return [
    ...defaultProblems(container),
    ...pods.flatMap(({ containers }) => containers.flatMap(({ where, amounts }) => [
      ...orderProblems(where, amounts), ...boundProblems(where, amounts, container),
    ])),
    ...pods.flatMap(({ where, total }) => boundProblems(where, total, pod)),
    ...claims.flatMap(({ metadata, spec }) => boundProblems(
      `PersistentVolumeClaim ${metadata.name}`, toAmounts({ 'requests.storage': spec?.resources?.requests?.storage }), storage,
    )),
  ];
}

function defaultProblems(limits: Dict): string[] {
  const order = ['min', 'defaultRequest', 'default', 'max'];
  const steps = order.map((key) => ({ key, amounts: toAmounts(limits[key] ?? {}) }));
  return steps.flatMap((lower, i) => steps.slice(i + 1).flatMap((upper) => Object.entries(lower.amounts)
    .filter(([resource, amount]) => amount > (upper.amounts[resource] ?? amount))
    .map(([resource]) => `LimitRange: ${lower.key} of ${resource} is above ${upper.key}`)));
}

/** The API server refuses a request above its own limit, which a default may bring about. */
function orderProblems(where: string, amounts: Amounts): string[] {
  return RESOURCES.filter((resource) => (amounts[`requests.${resource}`] ?? 0n) > (amounts[`limits.${resource}`] ?? Infinity))
    .map((resource) => `${where}: ${resource} request is above its limit`);
}

function boundProblems(where: string, amounts: Amounts, limits: Dict): string[] {
  const [min, max] = [toAmounts(limits.min ?? {}), toAmounts(limits.max ?? {})];
  return [...RESOURCES, 'storage'].flatMap((resource) => {
    const [request, limit] = [amounts[`requests.${resource}`], amounts[`limits.${resource}`]];
    const [least, most] = [min[resource], max[resource]];
    // Claims have no limits: there the request is what is held against the maximum.
    const upper = resource === 'storage' ? request : limit;
    return [
      ...(least !== undefined && (request === undefined || request < least) ? [`${where}: ${resource} request is below the LimitRange`] : []),
      ...(most !== undefined && (upper === undefined || upper > most) ? [`${where}: ${resource} limit is above the LimitRange`] : []),
      ...(limits.maxLimitRequestRatio?.[resource] === undefined ? [] : ratioProblems(where, resource, request, limit, limits)),
    ];
  });
}

function ratioProblems(where: string, resource: string, request: bigint | undefined, limit: bigint | undefined, limits: Dict): string[] {
  const ratio = toAmounts(limits.maxLimitRequestRatio)[resource] ?? 0n;
  const fits = request !== undefined && limit !== undefined && limit * 1_000_000_000n <= ratio * request;
  return fits ? [] : [`${where}: ${resource} limit is too far above its request for the LimitRange`];
}
