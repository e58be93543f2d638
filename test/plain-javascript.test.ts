import { App, Chart } from 'cdk8s';
import * as plus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import * as fc from 'fast-check';
import * as api from '../src';
import { GuardrailsError } from '../src/values/guardrails-error';
import { calls, enums, type Field, structs } from '../src/values/signatures';

type Loose = (...args: unknown[]) => unknown;
type LooseClass = { new(...args: unknown[]): object } & Record<string, Loose>;

/** What somebody without a compiler may come along with. */
const JUNK = fc.oneof(
  fc.constantFrom<unknown>(
    undefined, null, true, false, 0, -1, 0.5, NaN, Infinity, 10n, '', ' ', 'x', 'X', 'false', '*', '/', 'a\nb', '2026-02-30', '\u0000', 'ä',
    [], [[]], [null], [undefined], ['a', 'a'], [{}], {}, { name: 0 }, { namespace: null }, { a: {} }, Object.create(null), new Map(), new Date(0),
    new Error('x'), () => 1, Symbol('x'), Promise.resolve(), api.Peer.anywhere(), api.Port.all(), api.LabelSelector.all(), api.HttpRule.any(),
  ),
  fc.anything({ maxDepth: 2 }),
);

const TEXTS = fc.oneof(
  fc.constantFrom('a', 'web', 'payments', 'a.example.com', '*.example.com', '10.0.0.0/8', '::/0', '/v1', '1.18', '1h', '5m', '100m', '1Gi', 'v1/Pod',
    'https://example.com/a', 'oci://example.com/a', 'app', '2027-01-31', 'true', '7', 'kube-system', '{{ request.object }}', 'latest', '**.b.io', '[', '(('),
  fc.string({ maxLength: 6 }),
);

const SAMPLES: Record<string, (chart: Chart) => unknown> = {
  AllowDns: chart => new api.AllowDns(chart, 'sample-dns'),
  CidrGroup: chart => new api.CidrGroup(chart, 'sample-group', { externalCidrs: ['10.0.0.0/8'] }),
  Cni: () => api.Cni.cilium(),
  Construct: chart => chart,
  DnsResolver: () => api.DnsResolver.openShift(),
  DnsRule: () => api.DnsRule.any(),
  FluxLayout: () => api.FluxLayout.folder(),
  Gateway: () => api.Gateway.traefik(),
  Guardrails: chart => api.Guardrails.of(chart),
  HttpPath: () => api.HttpPath.exact('/'),
  HttpRule: () => api.HttpRule.any(),
  IConstruct: chart => chart,
  INetworkPolicyPeer: chart => plus.Pods.all(chart, 'sample-all'),
  IPeer: () => api.Peer.namespace('infra'),
  IPodSelector: chart => plus.Pods.select(chart, 'sample-pods', { labels: { app: 'a' } }),
  IResolver: () => ({ resolve: () => undefined }),
  LabelExpression: () => api.LabelExpression.exists('a'),
  LabelSelector: () => api.LabelSelector.labels({ app: 'a' }),
  OciLayer: () => api.OciLayer.of('a/b'),
  Port: () => api.Port.tcp(80),
  Prometheus: () => api.Prometheus.kubePrometheusStack(),
  TelemetryCollector: () => api.TelemetryCollector.openTelemetry(),
  TenantNamespace: chart => new api.TenantNamespace(chart, 'sample-tenant', { team: 'a', removal: api.RemovalPolicy.RETAIN }),
  Workload: chart => new api.Workload(chart, 'sample-workload', { labels: { app: 'w' } }),
};

/** Made for a chart only when they are used, and once. */
function sampleOf(type: string): Make | undefined {
  const make = SAMPLES[type];
  return make && (chart => {
    const made = samples.get(chart) ?? new Map<string, unknown>();
    samples.set(chart, made);
    if (!made.has(type)) made.set(type, make(chart));
    return made.get(type);
  });
}

const samples = new WeakMap<Chart, Map<string, unknown>>();

type Make = (chart: Chart) => unknown;

/** Texts that a field takes, so that more than the checks of types is tried. */
const FITTING: Record<string, string> = {
  branch: 'main',
  cidr: '10.0.0.0/8',
  cidrs: '10.0.0.0/8',
  expression: '/v1',
  expressions: 'true',
  id: 'network/EgressWithoutDns',
  interval: '5m',
  kinds: 'v1/ConfigMap',
  labels: 'team',
  message: 'no',
  name: 'a',
  names: 'a.example.com',
  namespace: 'shop',
  path: '/v1',
  reason: 'because',
  repository: 'https://example.com/charts',
  resources: 'pods',
  retryInterval: '5m',
  serviceAccountName: 'deployer',
  tag: 'v1',
  team: 'a',
  timeout: '5m',
  url: 'https://example.com/a',
  urls: 'https://example.com/*',
  version: '1.18.2',
  verbs: 'get',
};

/** What some structs are about, so that the rest of them is looked at. */
const BASES: Record<string, (chart: Chart) => object> = {
  CiliumNetworkPolicyProps: () => ({ name: 'a', endpointSelector: api.LabelSelector.all() }),
  FluxKustomizationProps: () => ({ source: { kind: 'GitRepository', name: 'a' }, path: './a', serviceAccountName: 'deployer' }),
  FluxTenantProps: () => ({ git: { url: 'https://example.com/a', branch: 'main' }, serviceAccountName: 'deployer' }),
  GitRepositoryProps: () => ({ url: 'https://example.com/a', branch: 'main' }),
  HelmReleaseProps: () => ({ chartRef: { kind: 'OCIRepository', name: 'a' }, serviceAccountName: 'deployer' }),
  KyvernoGenerate: () => ({ apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: 'shop', synchronize: true }),
  KyvernoGenerateQuotaProps: () => ({ generateExisting: true, quota: { pods: '5' } }),
  KyvernoInstallProps: () => ({ version: '3.9.0' }),
  KyvernoPolicyProps: () => ({ name: 'a' }),
  KyvernoRule: () => ({ name: 'a', match: { any: [{ resources: { kinds: ['v1/Pod'] } }] } }),
  KyvernoValidate: () => ({ message: 'no', pattern: { spec: {} } }),
  L7AllowProps: chart => ({ from: [api.Peer.namespace('infra')], to: sampleOf('Workload')!(chart), port: api.Port.tcp(80) }),
  OciRepositoryProps: () => ({ url: 'oci://example.com/a', tag: 'v1' }),
};

/** A value of a type. With junk, some of it here and there. */
function value(type: string, context: { readonly junk: boolean; readonly depth: number; readonly field?: string }): fc.Arbitrary<Make> {
  const sound = soundValue(type, context);
  return context.junk ? fc.oneof({ weight: 12, arbitrary: sound }, { weight: 1, arbitrary: JUNK.map(junk => () => junk) }) : sound;
}

function soundValue(type: string, context: Parameters<typeof value>[1]): fc.Arbitrary<Make> {
  const just = (values: fc.Arbitrary<unknown>): fc.Arbitrary<Make> => values.map(one => () => one);
  const inner = { ...context, depth: context.depth + 1 };
  if (type === 'string') {
    const fitting = FITTING[context.field ?? ''];
    return just(fitting === undefined ? TEXTS : fc.oneof({ weight: 5, arbitrary: fc.constant(fitting) }, { weight: 1, arbitrary: TEXTS }));
  }
  if (type === 'number') return just(fc.oneof(fc.constantFrom(1, 2, 53, 443), fc.integer(), fc.double()));
  if (type === 'boolean') return just(fc.boolean());
  if (type === 'any') return just(JUNK);
  if (type.endsWith('[]')) return fc.array(value(type.slice(0, -2), inner), { maxLength: 2 }).map(makes => chart => makes.map(make => make(chart)));
  if (type.startsWith('{')) {
    return fc.dictionary(TEXTS, value(type.slice(1, -1), inner), { maxKeys: 2 })
      .map(makes => chart => Object.fromEntries(Object.entries(makes).map(([key, make]) => [key, make(chart)])));
  }
  const choices = enums.get(type);
  if (choices) return just(fc.constantFrom(...Object.values(choices)));
  const fields = structs.get(type);
  if (fields) return record(type, fields, context);
  const sample = sampleOf(type);
  if (!sample) throw new Error(`No sample of ${type}: add one.`);
  return fc.constant(sample);
}

function record(type: string, fields: readonly Field[], { junk, depth }: Parameters<typeof value>[1]): fc.Arbitrary<Make> {
  const absent = fc.constant<Make>(() => undefined);
  const base = BASES[type] ?? (() => ({}));
  const entry = ({ name, type: own, optional }: Field): fc.Arbitrary<Make> => {
    // Made when it is its turn, since some structs hold themselves.
    const present = absent.chain(() => value(own, { junk, depth: depth + 1, field: name }));
    if (!optional) return junk ? fc.oneof({ weight: 12, arbitrary: present }, { weight: 1, arbitrary: absent }) : present;
    // About three of them at a time: with many, one of them is always in the way of the others.
    return fc.oneof({ weight: fields.length + depth, arbitrary: absent }, { weight: depth > 5 ? 0 : 3, arbitrary: present });
  };
  return fc.tuple(fc.boolean(), ...fields.map(entry)).map(([isBased, ...makes]) => chart => {
    const entries = fields.map(({ name }, index) => [name, makes[index]!(chart)]).filter(([, one]) => one !== undefined);
    return { ...Object.fromEntries(entries) as object, ...(isBased && base(chart)) };
  });
}

/** Says what a call with such arguments came to, if it is neither a result nor a house's error. */
function wrong(call: (chart: Chart, ...args: unknown[]) => unknown, makes: readonly Make[]): string | undefined {
  const app = new App({ outdir: 'dist-of-nobody' });
  const chart = new Chart(app, 'chart', { namespace: 'shop' });
  try {
    call(chart, ...makes.map(make => make(chart)));
    chart.apiObjects.forEach(object => object.toJson());
    return undefined;
  } catch (error) {
    return error instanceof GuardrailsError ? undefined : `${String(error)}\n${(error as Error).stack}`;
  }
}

/** More of them find more: `RUNS=2000 npx jest test/plain-javascript` takes half a minute. */
const RUNS = Number(process.env.RUNS ?? 20);

/** A call with its arguments in a row. Compiled code keeps what collects the rest of them. */
function called(method: Loose, fields: readonly Field[]): Loose {
  const isRest = fields.length > 0 && String(method).includes(`...${fields.at(-1)!.name}`);
  return function (this: unknown, ...args: unknown[]) {
    const last = args.at(-1);
    return method.apply(this, isRest && Array.isArray(last) ? [...args.slice(0, -1), ...last as unknown[]] : args);
  };
}

/** Tries junk, what is of the right types with junk in it, and what is of the right types and may be nonsense all the same. */
function expectHouse(call: (chart: Chart, ...args: unknown[]) => unknown, fields: readonly Pick<Field, 'name' | 'type'>[]): void {
  const typed = (junk: boolean) => fc.tuple(...fields.map(({ name, type }) => value(type, { junk, depth: 0, field: name })));
  const junk = fc.tuple(...fields.map(() => JUNK.map<Make>(one => () => one)));
  fc.assert(fc.property(fc.oneof(junk, typed(true), typed(false)), makes => {
    expect(wrong(call, makes)).toBeUndefined();
  }), { numRuns: RUNS });
}

const CLASSES = Object.entries(api).filter(([, one]) => typeof one === 'function') as unknown as [string, LooseClass][];
const isConstruct = (type: LooseClass): boolean => type.prototype instanceof Construct && !(type.prototype instanceof App);
const staticsOf = (type: LooseClass, className: string): string[] => Object.getOwnPropertyNames(type)
  .filter(name => typeof type[name] === 'function' && (calls.has(`${className}.${name}`) || (!name.startsWith('_') && type[name].length === 0)));

// Where a construct goes and its id are the business of constructs.
describe('junk from plain JavaScript is taken or told of, and never a raw TypeError', () => {
  const CONSTRUCTS = CLASSES.filter(([, type]) => isConstruct(type));

  test.each(CONSTRUCTS)('new %s', (name, type) => {
    expectHouse((chart, props) => new type(chart, 'x', props), [{ name: 'props', type: `${name}Props` }]);
  });

  // Without a factory, it is made by its constructor.
  test.each(CLASSES.filter(([name, type]) => !isConstruct(type) && staticsOf(type, name).length === 0))('new %s by itself', (name, type) => {
    const struct = [`${name}Props`, `${name}Options`].find(one => structs.has(one))!;
    expectHouse((_, options) => new type(options), [{ name: 'options', type: struct }]);
  });

  const STATICS = CLASSES.flatMap(([name, type]) => staticsOf(type, name).map(factory => [`${name}.${factory}`, type, factory] as const));

  test.each(STATICS)('%s', (call, type, factory) => {
    const fields = calls.get(call) ?? [];
    const placed = fields.some(field => field.type === 'Construct');
    const make = called(type[factory]!, fields);
    expectHouse((chart, ...args) => make.call(type, ...(placed ? [chart, 'x'] : []), ...args), fields.slice(placed ? 2 : 0));
  });

  const METHODS = [...calls.keys()].filter(call => !STATICS.some(([name]) => name === call));

  test.each(METHODS)('%s of an instance', call => {
    const [type, method] = call.split('.') as [string, string];
    const placed = call === 'TenantNamespace.workload';
    const fields = calls.get(call)!.slice(placed ? 1 : 0);
    expectHouse((chart, ...args) => {
      const sample = sampleOf(type)!(chart) as Record<string, Loose>;
      return called(sample[method]!, fields).call(sample, ...(placed ? ['x'] : []), ...args);
    }, fields);
  });
});
