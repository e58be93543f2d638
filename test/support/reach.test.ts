import { ApiObject, App, Chart } from 'cdk8s';
import { namespace, pod, Reach } from './reach';
import { manifests, synth, testApp, testChart } from './synth';

const template = (labels: Record<string, string>) => ({ metadata: { labels }, spec: { containers: [{ name: 'main', image: 'i' }] } });
const denyAll = (ns: string) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'default-deny', namespace: ns },
  spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
});
const allow = (name: string, direction: 'ingress' | 'egress', rule: object, labels: Record<string, string>) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'x' },
  spec: { podSelector: { matchLabels: labels }, policyTypes: [direction === 'ingress' ? 'Ingress' : 'Egress'], [direction]: [rule] },
});

const a = pod('x', { app: 'a' }, { name: 'a' });
const b = pod('x', { app: 'b' }, { name: 'b', ports: [{ name: 'http', containerPort: 8080 }] });

describe('endpoints', () => {
  test.each([
    ['Deployment', { template: template({ app: 'a' }) }],
    ['StatefulSet', { template: template({ app: 'a' }) }],
    ['DaemonSet', { template: template({ app: 'a' }) }],
    ['ReplicaSet', { template: template({ app: 'a' }) }],
    ['ReplicationController', { template: template({ app: 'a' }) }],
    ['Job', { template: template({ app: 'a' }) }],
    ['CronJob', { jobTemplate: { spec: { template: template({ app: 'a' }) } } }],
  ])('a %s is found by its name and has the labels of its template', (kind, spec) => {
    const workload = { kind, metadata: { name: 'w', namespace: 'x', labels: { app: 'not-this' } }, spec };
    const reach = new Reach([workload, b, denyAll('x'), allow('a', 'egress', {}, { app: 'a' }), allow('b', 'ingress', {}, { app: 'b' })]);
    expect(reach.allows({ from: 'x/w', to: 'x/b', port: 80 })).toBe(true);
    expect(reach.denies({ from: 'x/b', to: 'x/w', port: 80 })).toBe(true);
  });

  test.each([
    ['a name that nothing has', { from: 'x/nobody', to: 'x/a', port: 1 }, 'no pod or workload x/nobody; known: x/a, x/b'],
    ['a name that two workloads have', { from: 'y/w', to: 'x/a', port: 1 }, 'several workloads are called y/w'],
    ['a finished pod', { from: 'x/done', to: 'x/a', port: 1 }, 'no pod or workload x/done'],
    ['an address that is none', { from: 'x/a', to: 'ip:1.2.3', port: 1 }, 'ip:1.2.3 is no IP address'],
    ['an unknown entity', { from: 'entity:moon', to: 'x/a', port: 1 }, 'entity moon; known: host, '],
    ['a node that is not given', { from: 'node:n1', to: 'x/a', port: 1 }, 'no Node n1'],
    ['an object that is no pod', { from: namespace('x'), to: 'x/a', port: 1 }, 'Namespace x is no pod'],
    ['an entity of Cilium elsewhere', { from: 'entity:health', to: 'x/a', port: 1 }, 'entity:health exists with Cilium only'],
    ['a flow without a port', { from: 'x/a', to: 'x/b' }, 'a TCP flow needs a port'],
    ['a port name that the destination lacks', { from: 'x/b', to: 'x/a', port: 'http' }, 'x/a has no TCP port called http'],
    ['a port name for two numbers', { from: 'x/a', to: 'y/p', port: 'http' }, 'y/p has several TCP ports called http'],
  ])('%s is an error, never a verdict', (_, flow, message) => {
    const twice = { metadata: { name: 'w', namespace: 'y' }, spec: { template: template({}) } };
    const done = { kind: 'Pod', metadata: { name: 'done', namespace: 'x' }, spec: {}, status: { phase: 'Succeeded' } };
    const p = pod('y', {}, { name: 'p', ports: [{ name: 'http', containerPort: 80 }, { name: 'http', containerPort: 81 }] });
    const reach = new Reach([a, b, { kind: 'Job', ...twice }, { kind: 'Deployment', ...twice }, done, p]);
    expect(() => reach.verdict(flow)).toThrow(message);
  });

  test('an object without a kind is refused', () => {
    expect(() => new Reach([{ metadata: { name: 'x' } }])).toThrow('without kind');
  });

  test('a selector on labels of a namespace that is not given is an error, on its name it is not', () => {
    const from = (matchLabels: Record<string, string>) => new Reach([
      a, pod('y', {}, { name: 'p' }), allow('from-y', 'ingress', { from: [{ namespaceSelector: { matchLabels } }] }, {}),
    ]);
    const flow = { from: 'y/p', to: 'x/a', port: 80 };
    expect(from({ 'kubernetes.io/metadata.name': 'y' }).allows(flow)).toBe(true);
    expect(() => from({ team: 'blue' }).allows(flow)).toThrow('asks for label team of namespace y');
  });

  test('a pod without a namespace is in default', () => {
    expect(new Reach([{ kind: 'Pod', metadata: { name: 'p' }, spec: {} }, a]).allows({ from: 'default/p', to: 'x/a', port: 1 })).toBe(true);
  });
});

describe('verdicts', () => {
  const objects = [a, b, denyAll('x'), allow('a-out', 'egress', { ports: [{ port: 'http' }] }, { app: 'a' })];
  const bIn = allow('b-in', 'ingress', { from: [{ podSelector: { matchLabels: { app: 'a' } } }] }, { app: 'b' });
  const flow = { from: 'x/a', to: 'x/b', port: 8080 };

  test('need both halves and say why', () => {
    expect(new Reach(objects).verdict(flow)).toEqual({
      allowed: false,
      why: [
        'egress: NetworkPolicy x/a-out egress[0] allows',
        'ingress: NetworkPolicy x/default-deny isolates and nothing allows',
      ],
    });
    expect(new Reach([...objects, bIn]).verdict(flow)).toEqual({
      allowed: true,
      why: ['egress: NetworkPolicy x/a-out egress[0] allows', 'ingress: NetworkPolicy x/b-in ingress[0] allows'],
    });
  });

  test('take a port by the name that the destination gives it', () => {
    expect(new Reach([...objects, bIn]).allows({ ...flow, port: 'http' })).toBe(true);
  });

  test('never cut a pod off from itself, but police replicas of one workload', () => {
    const deployment = { kind: 'Deployment', metadata: { name: 'w', namespace: 'x' }, spec: { template: template({ app: 'w' }) } };
    const reach = new Reach([...objects, deployment]);
    expect(reach.allows({ from: 'x/a', to: 'x/a', port: 80 })).toBe(true);
    expect(reach.denies({ from: 'x/w', to: 'x/w', port: 80 })).toBe(true);
    expect(reach.denies({ from: pod('x', { app: 'a' }), to: pod('x', { app: 'a' }), port: 80 })).toBe(true);
  });

  test('are listed for all pairs and nothing else', () => {
    const reach = new Reach([...objects, bIn, pod('y', {}, { name: 'c' })]);
    expect(reach.flows([{ port: 8080 }, { port: 53, protocol: 'UDP' }])).toEqual(['x/a -> x/b TCP/8080']);
    expect(new Reach([a, b]).flows([{ port: 1 }])).toEqual(['x/a -> x/b TCP/1', 'x/b -> x/a TCP/1']);
  });

  test('read objects of cilium.io with Cilium only', () => {
    const cnp = {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      metadata: { name: 'p', namespace: 'x' },
      spec: { endpointSelector: {}, ingress: [{}] },
    };
    expect(new Reach([a, b, cnp]).denies(flow)).toBe(true);
    expect(new Reach([a, b, cnp], { dataplane: 'kubernetes' }).allows(flow)).toBe(true);
    expect(() => new Reach([a], { dataplane: 'cilium', ciliumVersion: 'latest' })).toThrow('latest is no version');
  });
});

describe('synth', () => {
  const kinds = (objects: { kind: string }[]) => objects.map(({ kind }) => kind);

  test('gives the objects of all charts in order of dependence, or of one chart', () => {
    const app = testApp();
    const [late, early] = [new Chart(app, 'late'), new Chart(app, 'early')];
    late.node.addDependency(early);
    new ApiObject(late, 'o', { apiVersion: 'v1', kind: 'ConfigMap' });
    new ApiObject(early, 'o', { apiVersion: 'v1', kind: 'Secret' });
    expect(kinds(manifests(app))).toEqual(['Secret', 'ConfigMap']);
    expect(kinds(synth(app))).toEqual(['Secret', 'ConfigMap']);
    expect(kinds(synth(late))).toEqual(['ConfigMap']);
  });

  test('throws what App.synth throws when a construct does not validate, with a chart and without', () => {
    const chart = testChart();
    chart.node.addValidation({ validate: () => ['it is wrong'] });
    const message = 'Validation failed with the following errors:\n  [test] it is wrong';
    expect(() => synth(chart)).toThrow(message);
    expect(() => manifests(App.of(chart))).toThrow(message);
    const bare = testApp();
    bare.node.addValidation({ validate: () => ['it is wrong'] });
    expect(() => synth(bare)).toThrow('it is wrong');
  });
});
