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
  CidrGroup: chart => new api.CidrGroup(chart, 'sample-group', { cidrs: ['10.0.0.0/8'] }),
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

/** A value of a type, with some junk in it here and there. */
function almost(type: string, depth = 0): fc.Arbitrary<Make> {
  return fc.oneof({ weight: 12, arbitrary: sound(type, depth) }, { weight: 1, arbitrary: JUNK.map(junk => () => junk) });
}

function sound(type: string, depth: number): fc.Arbitrary<Make> {
  const just = (values: fc.Arbitrary<unknown>): fc.Arbitrary<Make> => values.map(value => () => value);
  if (type === 'string') return just(TEXTS);
  if (type === 'number') return just(fc.oneof(fc.constantFrom(1, 2, 53, 443), fc.integer(), fc.double()));
  if (type === 'boolean') return just(fc.boolean());
  if (type === 'any') return just(JUNK);
  if (type.endsWith('[]')) {
    return fc.array(almost(type.slice(0, -2), depth + 1), { maxLength: 2 }).map(makes => chart => makes.map(make => make(chart)));
  }
  if (type.startsWith('{')) {
    return fc.dictionary(TEXTS, almost(type.slice(1, -1), depth + 1), { maxKeys: 2 })
      .map(makes => chart => Object.fromEntries(Object.entries(makes).map(([key, make]) => [key, make(chart)])));
  }
  const choices = enums.get(type);
  if (choices) return just(fc.constantFrom(...Object.values(choices)));
  const fields = structs.get(type);
  if (fields) return record(fields, depth);
  const sample = sampleOf(type);
  if (!sample) throw new Error(`No sample of ${type}: add one.`);
  return fc.constant(sample);
}

function record(fields: readonly Field[], depth: number): fc.Arbitrary<Make> {
  const entry = ({ type, optional }: Field): fc.Arbitrary<Make> => fc.oneof(
    { weight: optional ? 2 + depth : 0, arbitrary: fc.constant(() => undefined) },
    { weight: depth > 5 ? 0 : 3, arbitrary: fc.constant(type).chain(name => almost(name, depth + 1)) },
    { weight: 1, arbitrary: fc.constant(() => undefined) },
  );
  return fc.tuple(...fields.map(entry)).map(makes => chart => (
    Object.fromEntries(fields.map(({ name }, index) => [name, makes[index]!(chart)]).filter(([, value]) => value !== undefined))));
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

function expectHouse(call: (chart: Chart, ...args: unknown[]) => unknown, types: readonly string[]): void {
  const taken = (junk: boolean) => fc.tuple(...types.map(type => (junk ? JUNK.map(value => () => value) : almost(type))));
  const RUNS = Number(process.env.RUNS ?? 20);
  fc.assert(fc.property(fc.oneof(taken(true), taken(false)), makes => {
    expect(wrong(call, makes)).toBeUndefined();
  }), { numRuns: RUNS });
}

const CLASSES = Object.entries(api).filter(([, value]) => typeof value === 'function') as unknown as [string, LooseClass][];
const isConstruct = (type: LooseClass): boolean => type.prototype instanceof Construct && !(type.prototype instanceof App);
const staticsOf = (type: LooseClass, called: string): string[] => Object.getOwnPropertyNames(type)
  .filter(name => typeof type[name] === 'function' && (calls.has(`${called}.${name}`) || (!name.startsWith('_') && type[name].length === 0)));

// Where a construct goes and its id are the business of constructs.
describe('junk from plain JavaScript is taken or told of, and never a raw TypeError', () => {
  const CONSTRUCTS = CLASSES.filter(([, type]) => isConstruct(type));

  test.each(CONSTRUCTS)('new %s', (name, type) => {
    expectHouse((chart, props) => new type(chart, 'x', props), [structs.has(`${name}Props`) ? `${name}Props` : 'any']);
  });

  // Without a factory, it is made by its constructor.
  test.each(CLASSES.filter(([name, type]) => !isConstruct(type) && staticsOf(type, name).length === 0))('new %s by itself', (name, type) => {
    expectHouse((_, options) => new type(options), [[`${name}Props`, `${name}Options`].find(struct => structs.has(struct))!]);
  });

  const STATICS = CLASSES.flatMap(([name, type]) => staticsOf(type, name).map(factory => [`${name}.${factory}`, type, factory] as const));

  test.each(STATICS)('%s', (call, type, factory) => {
    const fields = calls.get(call) ?? [];
    const placed = fields.some(field => field.type === 'Construct');
    expectHouse((chart, ...args) => type[factory]!(...(placed ? [chart, 'x'] : []), ...args), fields.slice(placed ? 2 : 0).map(field => field.type));
  });

  const METHODS = [...calls.keys()].filter(call => !STATICS.some(([name]) => name === call));

  test.each(METHODS)('%s of an instance', call => {
    const [type, method] = call.split('.') as [string, string];
    const placed = call === 'TenantNamespace.workload';
    const types = calls.get(call)!.slice(placed ? 1 : 0).map(field => field.type);
    expectHouse((chart, ...args) => (sampleOf(type)!(chart) as Record<string, Loose>)[method]!(...(placed ? ['x'] : []), ...args), types);
  });
});
