import { ask, policy, workload } from './support/ask';
import { Cluster, titleOf, type Verdict } from '../../src/reach';
import { namespace, pod } from '../support/reach';

/** What rules mean is looked at here, be they such as the API server takes. */
const KUBERNETES = { target: { cni: 'calico' }, refused: new Map() };
const http = (port: number, protocol?: string) => ({ name: 'http', containerPort: port, ...(protocol && { protocol }) });

const world = [
  namespace('x', { team: 'red' }),
  namespace('y', { team: 'blue' }),
  pod('x', { app: 'a' }, { name: 'a', ip: '10.0.0.1', ports: [http(8080)] }),
  pod('x', { app: 'b', tier: '' }, { name: 'b', ip: '10.0.0.2', ports: [http(80)] }),
  pod('x', {}, { name: 'bare', ip: '10.0.0.3' }),
  pod('y', { app: 'b' }, { name: 'b', ip: '10.0.1.2', ports: [http(9090), http(80, 'UDP')] }),
];
const a = { matchLabels: { app: 'a' } };
const all = { podSelector: {} };

const verdict = (spec: object, from: string, to: string, port: number | string = 80, protocol: 'TCP' | 'UDP' | 'SCTP' | 'ICMP' = 'TCP') =>
  ask([...world, policy('x', spec)], { from, to, port, protocol }, KUBERNETES).verdict;

type Case = [name: string, spec: object, from: string, to: string, expected: Verdict, port?: number | string, protocol?: 'TCP' | 'UDP' | 'SCTP' | 'ICMP'];
const check = (...[, spec, from, to, expected, port, protocol]: Case) => expect(verdict(spec, from, to, port, protocol)).toBe(expected);

describe('whom a policy isolates', () => {
  test.each<Case>([
    ['pods of its own namespace', { ...all, policyTypes: ['Ingress'] }, 'y/b', 'x/a', 'denied'],
    ['and of no other', { ...all, policyTypes: ['Ingress'] }, 'x/a', 'y/b', 'allowed'],
    ['every pod without a selector', { policyTypes: ['Ingress'] }, 'y/b', 'x/bare', 'denied'],
    ['every pod with a selector of null', { podSelector: null, policyTypes: ['Ingress'] }, 'y/b', 'x/bare', 'denied'],
    ['not those that it does not select', { podSelector: a, policyTypes: ['Ingress'] }, 'y/b', 'x/b', 'allowed'],
    ['for ingress, and egress stays open', { ...all, policyTypes: ['Ingress'] }, 'x/a', 'y/b', 'allowed'],
    ['for egress, and ingress stays open', { ...all, policyTypes: ['Egress'] }, 'y/b', 'x/a', 'allowed'],
    ['for ingress where policyTypes is absent', all, 'y/b', 'x/a', 'denied'],
    ['not for egress then without rules', { ...all, egress: [] }, 'x/a', 'y/b', 'allowed'],
    ['for egress too with rules', { ...all, egress: [{ ports: [{ port: 53 }] }] }, 'x/a', 'y/b', 'denied'],
    ['for ingress where policyTypes is empty', { ...all, policyTypes: [] }, 'y/b', 'x/a', 'denied'],
    ['not for ingress by rules that policyTypes leaves out', { ...all, policyTypes: ['Egress'], ingress: [{ ports: [{ port: 1 }] }] }, 'y/b', 'x/a', 'allowed'],
    ['for all egress without egress rules', { ...all, policyTypes: ['Ingress', 'Egress'] }, 'x/a', 'y/b', 'denied'],
    ['once by a type that stands there twice', { ...all, policyTypes: ['Ingress', 'Ingress'] }, 'y/b', 'x/a', 'denied'],
    ['with rules of null as with none', { ...all, policyTypes: ['Ingress'], ingress: null }, 'y/b', 'x/a', 'denied'],
    ['nobody when nobody is selected', { podSelector: { matchLabels: { app: 'none' } }, policyTypes: ['Ingress'] }, 'y/b', 'x/a', 'allowed'],
  ])('%s', (...one: Case) => check(...one));

  test('a policy without a namespace is one of the namespace default', () => {
    const { metadata: _, ...rest } = policy('', { ...all, policyTypes: ['Ingress'] }) as { metadata: object };
    const objects = [...world, pod('default', {}, { name: 'web' }), { ...rest, metadata: { name: 'p' } }];
    expect(ask(objects, { from: 'x/a', to: 'default/web' }, KUBERNETES).verdict).toBe('denied');
    expect(ask(objects, { from: 'x/a', to: 'x/b' }, KUBERNETES).verdict).toBe('allowed');
  });

  test('policies add up, and both ends have to let a connection pass', () => {
    const deny = policy('x', { ...all, policyTypes: ['Ingress', 'Egress'] }, 'deny');
    const egress = policy('x', { podSelector: a, policyTypes: ['Egress'], egress: [{}] }, 'egress');
    const ingress = policy('x', { podSelector: {}, ingress: [{}] }, 'ingress');
    const flow = { from: 'x/a', to: 'x/b' };
    expect(ask([...world, deny, egress], flow, KUBERNETES).verdict).toBe('denied');
    expect(ask([...world, deny, ingress], flow, KUBERNETES).verdict).toBe('denied');
    expect(ask([...world, ingress, egress, deny], flow, KUBERNETES).verdict).toBe('allowed');
  });
});

const from = (...peers: object[]) => ({ ...all, ingress: [{ from: peers }] });

describe('whom a rule lets in', () => {
  test.each<Case>([
    ['anybody and anything, when it is empty', { ...all, ingress: [{}] }, '203.0.113.7', 'x/a', 'allowed', 8, 'ICMP'],
    ['addresses outside too, when from is missing', { ...all, ingress: [{ ports: [{ port: 80 }] }] }, '203.0.113.7', 'x/a', 'allowed'],
    ['the same when from is empty', { ...all, ingress: [{ from: [], ports: [{ port: 80 }] }] }, '203.0.113.7', 'x/a', 'allowed'],
    ['nobody by a peer without fields', from({}), 'x/b', 'x/a', 'denied'],
    ['nobody by a block beside a selector', from({ ipBlock: { cidr: '0.0.0.0/0' }, podSelector: {} }), 'x/b', 'x/a', 'denied'],
    ['pods of its own namespace by a pod selector', from({ podSelector: { matchLabels: { app: 'b' } } }), 'x/b', 'x/a', 'allowed'],
    ['and of no other', from({ podSelector: { matchLabels: { app: 'b' } } }), 'y/b', 'x/a', 'denied'],
    ['every pod of its own namespace by an empty one', from({ podSelector: {} }), 'x/bare', 'x/a', 'allowed'],
    ['and of no other namespace', from({ podSelector: {} }), 'y/b', 'x/a', 'denied'],
    ['every pod of the namespaces that are selected', from({ namespaceSelector: { matchLabels: { team: 'blue' } } }), 'y/b', 'x/a', 'allowed'],
    ['and of no others', from({ namespaceSelector: { matchLabels: { team: 'blue' } } }), 'x/b', 'x/a', 'denied'],
    ['every pod of every namespace by an empty namespace selector', from({ namespaceSelector: {} }), 'y/b', 'x/a', 'allowed'],
    ['but no address outside', from({ namespaceSelector: {} }), '203.0.113.7', 'x/a', 'denied'],
    ['pods that both selectors select', from({ namespaceSelector: { matchLabels: { team: 'blue' } }, podSelector: { matchLabels: { app: 'b' } } }), 'y/b', 'x/a', 'allowed'],
    ['and not one alone', from({ namespaceSelector: { matchLabels: { team: 'red' } }, podSelector: { matchLabels: { app: 'b' } } }), 'y/b', 'x/a', 'denied'],
    ['pods of either of two peers', from({ namespaceSelector: { matchLabels: { team: 'red' } } }, { podSelector: { matchLabels: { app: 'c' } } }), 'x/b', 'x/a', 'allowed'],
    ['the same with an empty pod selector as without', from({ namespaceSelector: { matchLabels: { team: 'blue' } }, podSelector: {} }), 'y/b', 'x/a', 'allowed'],
    ['by the name that the API server puts on a namespace', from({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'y' } } }), 'y/b', 'x/a', 'allowed'],
  ])('%s', (...one: Case) => check(...one));

  test('the name of a namespace holds, whatever its manifest says', () => {
    const lying = [namespace('z', { 'kubernetes.io/metadata.name': 'y' }), pod('z', {}, { name: 'liar' })];
    const byName = policy('x', from({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'y' } } }));
    expect(ask([...world, ...lying, byName], { from: 'z/liar', to: 'x/a' }, KUBERNETES).verdict).toBe('denied');
    expect(ask([...world, ...lying, byName], { from: 'y/b', to: 'x/a' }, KUBERNETES).verdict).toBe('allowed');
  });

  test('of a Namespace that is not in the set only the name is known', () => {
    const objects = [...world, pod('unseen', {}, { name: 'c' })];
    const by = (selector: object) => ask([...objects, policy('x', from({ namespaceSelector: selector }))], { from: 'unseen/c', to: 'x/a' }, KUBERNETES).verdict;
    expect(by({ matchLabels: { 'kubernetes.io/metadata.name': 'unseen' } })).toBe('allowed');
    expect(by({ matchLabels: { 'kubernetes.io/metadata.name': 'other' } })).toBe('denied');
    expect(by({ matchLabels: { team: 'blue' } })).toBe('depends');
    expect(by({ matchExpressions: [{ key: 'team', operator: 'DoesNotExist' }] })).toBe('depends');
    expect(by({})).toBe('allowed');
  });
});

const by = (...matchExpressions: object[]) => from({ podSelector: { matchExpressions } });

describe('label selectors', () => {
  test.each<Case>([
    ['In wants one of the values', by({ key: 'app', operator: 'In', values: ['b', 'c'] }), 'x/b', 'x/a', 'allowed'],
    ['In wants the key', by({ key: 'app', operator: 'In', values: ['b'] }), 'x/bare', 'x/a', 'denied'],
    ['NotIn refuses the values', by({ key: 'app', operator: 'NotIn', values: ['b'] }), 'x/b', 'x/a', 'denied'],
    ['NotIn takes whoever lacks the key', by({ key: 'app', operator: 'NotIn', values: ['b'] }), 'x/bare', 'x/a', 'allowed'],
    ['Exists wants the key', by({ key: 'tier', operator: 'Exists' }), 'x/b', 'x/a', 'allowed'],
    ['Exists refuses whoever lacks it', by({ key: 'tier', operator: 'Exists' }), 'x/bare', 'x/a', 'denied'],
    ['DoesNotExist is the reverse', by({ key: 'tier', operator: 'DoesNotExist' }), 'x/bare', 'x/a', 'allowed'],
    ['an empty value is a value', from({ podSelector: { matchLabels: { tier: '' } } }), 'x/b', 'x/a', 'allowed'],
    ['and not the lack of one', from({ podSelector: { matchLabels: { tier: '' } } }), 'x/bare', 'x/a', 'denied'],
    ['expressions on one key all have to hold', by({ key: 'app', operator: 'Exists' }, { key: 'app', operator: 'NotIn', values: ['b'] }), 'x/b', 'x/a', 'denied'],
    ['so do labels beside them', from({ podSelector: { ...a, matchExpressions: [{ key: 'tier', operator: 'Exists' }] } }), 'x/b', 'x/a', 'denied'],
    ['empty parts add nothing', from({ podSelector: { matchLabels: {}, matchExpressions: [] } }), 'x/bare', 'x/a', 'allowed'],
    ['a contradiction selects nobody', by({ key: 'app', operator: 'Exists' }, { key: 'app', operator: 'DoesNotExist' }), 'x/b', 'x/a', 'denied'],
    ['a value that is no text selects nobody', from({ podSelector: { matchLabels: { app: true } } }), 'x/b', 'x/a', 'denied'],
  ])('%s', (...one: Case) => check(...one));

  test('labels are those of the pod template, not of the controller', () => {
    const objects = [...world, workload('Deployment', 'x', 'web', { app: 'web' }, { labels: { app: 'b' } })];
    const select = (app: string) => policy('x', from({ podSelector: { matchLabels: { app } } }));
    expect(ask([...objects, select('web')], { from: 'x/web', to: 'x/a' }, KUBERNETES).verdict).toBe('allowed');
    expect(ask([...objects, select('b')], { from: 'x/web', to: 'x/a' }, KUBERNETES).verdict).toBe('denied');
  });

  test.each([
    ['Deployment', 'pod-template-hash', 'depends'],
    ['StatefulSet', 'statefulset.kubernetes.io/pod-name', 'depends'],
    ['StatefulSet', 'apps.kubernetes.io/pod-index', 'depends'],
    ['DaemonSet', 'controller-revision-hash', 'depends'],
    ['CronJob', 'batch.kubernetes.io/job-name', 'depends'],
    ['Job', 'controller-uid', 'depends'],
    ['ReplicaSet', 'controller-revision-hash', 'denied'],
  ])('what a controller of kind %s puts under %s no manifest tells', (kind, key, expected) => {
    const select = policy('x', from({ podSelector: { matchLabels: { [key]: 'v' } } }));
    const answer = ask([...world, workload(kind, 'x', 'w', { app: 'w' }), select], { from: 'x/w', to: 'x/a' }, KUBERNETES);
    expect(answer.verdict).toBe(expected);
    expect(answer.conditions).toEqual(expected === 'depends' ? [`labels that the manifests do not tell match ${key}=v`] : []);
  });

  test('the pods of a Job carry its name', () => {
    const select = policy('x', from({ podSelector: { matchLabels: { 'job-name': 'w' } } }));
    expect(ask([...world, workload('Job', 'x', 'w', {}), select], { from: 'x/w', to: 'x/a' }, KUBERNETES).verdict).toBe('allowed');
  });
});

const ports = (...list: object[]) => ({ ...all, ingress: [{ ports: list }] });
const egressPorts = (...list: object[]) => ({ podSelector: a, policyTypes: ['Egress'], egress: [{ ports: list }] });

describe('ports', () => {
  test.each<Case>([
    ['none mean all of every protocol', { ...all, ingress: [{ from: [{ podSelector: {} }], ports: [] }] }, 'x/b', 'x/a', 'allowed', 9, 'SCTP'],
    ['TCP is meant unless said', ports({ port: 80 }), 'y/b', 'x/a', 'denied', 80, 'UDP'],
    ['for each entry by itself', ports({ port: 53, protocol: 'UDP' }, { port: 80 }), 'y/b', 'x/a', 'allowed', 80],
    ['an empty entry means every TCP port', ports({}), 'y/b', 'x/a', 'allowed', 65535],
    ['and no port of UDP', ports({}), 'y/b', 'x/a', 'denied', 80, 'UDP'],
    ['a protocol alone means all of its ports', ports({ protocol: 'UDP' }), 'y/b', 'x/a', 'allowed', 7, 'UDP'],
    ['and none of others', ports({ protocol: 'UDP' }), 'y/b', 'x/a', 'denied', 7],
    ['SCTP is not TCP', ports({ port: 80, protocol: 'SCTP' }), 'y/b', 'x/a', 'denied', 80],
    ['ICMP is in no list of ports', ports({ port: 80 }, { protocol: 'UDP' }), 'y/b', 'x/a', 'denied', 8, 'ICMP'],
    ['the first of a range', ports({ port: 80, endPort: 90 }), 'y/b', 'x/a', 'allowed', 80],
    ['the last of a range', ports({ port: 80, endPort: 90 }), 'y/b', 'x/a', 'allowed', 90],
    ['one below a range', ports({ port: 80, endPort: 90 }), 'y/b', 'x/a', 'denied', 79],
    ['one above a range', ports({ port: 80, endPort: 90 }), 'y/b', 'x/a', 'denied', 91],
    ['a range of one', ports({ port: 80, endPort: 80 }), 'y/b', 'x/a', 'allowed', 80],
    ['a port that no container declares', ports({ port: 5000 }), 'y/b', 'x/bare', 'allowed', 5000],
    ['a name is the number at the pod that is called', ports({ port: 'http' }), 'y/b', 'x/a', 'allowed', 8080],
    ['and at each pod its own', ports({ port: 'http' }), 'y/b', 'x/b', 'denied', 8080],
    ['also where the rule is about egress', egressPorts({ port: 'http' }), 'x/a', 'y/b', 'allowed', 9090],
    ['and not the number of the caller', egressPorts({ port: 'http' }), 'x/a', 'y/b', 'denied', 8080],
    ['a name belongs to a protocol', egressPorts({ port: 'http', protocol: 'UDP' }), 'x/a', 'y/b', 'denied', 9090],
    ['where it may be another number', egressPorts({ port: 'http', protocol: 'UDP' }), 'x/a', 'y/b', 'allowed', 80, 'UDP'],
    ['a name that the pod does not know is no port', ports({ port: 'grpc' }), 'y/b', 'x/a', 'denied', 8080],
    ['addresses have no names for ports', egressPorts({ port: 'http' }), 'x/a', '203.0.113.7', 'denied', 8080],
  ])('%s', (...one: Case) => check(...one));

  test('two containers with one name for two numbers mean both', () => {
    const double = pod('x', {}, { name: 'double', ports: [http(81), http(82)] });
    const objects = [...world, double, policy('x', ports({ port: 'http' }))];
    expect([81, 82, 83].map(port => ask(objects, { from: 'y/b', to: 'x/double', port }, KUBERNETES).verdict)).toEqual(['allowed', 'allowed', 'denied']);
    expect(() => ask(objects, { from: 'y/b', to: 'x/double', port: 'http' }, KUBERNETES)).toThrow('ask by number');
  });

  test('a sidecar offers its ports, an init container does not', () => {
    const containers = (restartPolicy?: string) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'c', namespace: 'x' },
      spec: { initContainers: [{ name: 'i', ...(restartPolicy && { restartPolicy }), ports: [http(7000)] }], containers: [{ name: 'm' }] },
    });
    const answer = (object: object) => ask([...world, object, policy('x', ports({ port: 'http' }))], { from: 'y/b', to: 'x/c', port: 7000 }, KUBERNETES).verdict;
    expect(answer(containers('Always'))).toBe('allowed');
    expect(answer(containers())).toBe('denied');
  });
});

const block = (cidr: string, except?: string[]) => from({ ipBlock: { cidr, except } });

describe('blocks of addresses', () => {
  test.each<Case>([
    ['hold what is inside', block('203.0.113.0/24'), '203.0.113.255', 'x/a', 'allowed'],
    ['and nothing else', block('203.0.113.0/24'), '203.0.114.0', 'x/a', 'denied'],
    ['without their exceptions', block('203.0.113.0/24', ['203.0.113.128/25']), '203.0.113.129', 'x/a', 'denied'],
    ['which another peer may hold', from({ ipBlock: { cidr: '203.0.113.0/24', except: ['203.0.113.128/25'] } }, { ipBlock: { cidr: '203.0.113.129/32' } }), '203.0.113.129', 'x/a', 'allowed'],
    ['of one family only', block('0.0.0.0/0'), '2001:db8::1', 'x/a', 'denied'],
    ['the other likewise', block('::/0'), '203.0.113.7', 'x/a', 'denied'],
    ['of IPv6', block('2001:db8::/32'), '2001:db8:ffff::1', 'x/a', 'allowed'],
    ['with host bits as without', block('203.0.113.77/24'), '203.0.113.1', 'x/a', 'allowed'],
    ['pods, by their address', block('10.0.1.0/24'), 'y/b', 'x/a', 'allowed'],
    ['and not pods that are excepted', block('10.0.0.0/16', ['10.0.1.0/24']), 'y/b', 'x/a', 'denied'],
    ['in part what is asked about in part', block('203.0.113.0/25'), '203.0.113.0/24', 'x/a', 'depends'],
    ['nodes, by what the plugin makes of them', block('0.0.0.0/0'), 'remote-node', 'x/a', 'depends'],
    ['nobody where the text is none', block('203.0.113.0/33'), '203.0.113.7', 'x/a', 'denied'],
  ])('%s', (...one: Case) => check(...one));

  test('hold a workload as far as the ranges of pods are known', () => {
    const objects = [...world, workload('Deployment', 'y', 'web', {}), policy('x', block('10.8.0.0/16'))];
    const flow = { from: 'y/web', to: 'x/a' };
    expect(ask(objects, flow, KUBERNETES).verdict).toBe('depends');
    expect(ask(objects, flow, { target: { cni: 'calico', podCidrs: ['10.8.1.0/24'] } }).verdict).toBe('allowed');
    expect(ask(objects, flow, { target: { cni: 'calico', podCidrs: ['10.9.0.0/16'] } }).verdict).toBe('denied');
    expect(ask(objects, flow, { target: { cni: 'calico', podCidrs: ['10.0.0.0/8'] } }).verdict).toBe('depends');
  });

  test('split the addresses of the map, at exceptions too', () => {
    const objects = [pod('x', {}, { name: 'a' }), policy('x', block('203.0.113.0/24', ['203.0.113.128/25']))];
    const map = Cluster.fromManifests(objects, KUBERNETES).map();
    expect(map.parties.map(titleOf)).toEqual([
      '*/*[Pods]', '0.0.0.0-203.0.112.255', '203.0.113.0-203.0.113.127', '203.0.113.128-203.0.113.255', '203.0.114.0-255.255.255.255', 'x/a[Pod]',
    ]);
    expect([...map].filter(({ to }) => titleOf(to) === 'x/a[Pod]').map(entry => titleOf(entry.from))).toEqual(['203.0.113.0-203.0.113.127']);
  });
});

describe('nodes, the host network and a pod itself', () => {
  const closed = policy('x', { ...all, policyTypes: ['Ingress', 'Egress'] });
  const onHost = pod('x', { app: 'host' }, { name: 'host', hostNetwork: true });

  test('a pod reaches itself, a replica another only where it is allowed', () => {
    const objects = [...world, workload('Deployment', 'x', 'web', {}), closed];
    expect(ask(objects, { from: 'x/a', to: 'x/a' }, KUBERNETES).verdict).toBe('allowed');
    expect(ask(objects, { from: 'x/web', to: 'x/web' }, KUBERNETES).verdict).toBe('denied');
  });

  test('a node reaches its own pods', () => {
    expect(ask([...world, closed], { from: 'host', to: 'x/a' }, KUBERNETES).verdict).toBe('allowed');
    expect(ask([...world, closed], { from: 'remote-node', to: 'x/a' }, KUBERNETES).verdict).toBe('denied');
  });

  test('policies pass pods of the host network by, which are let in where they run on the node', () => {
    const objects = [...world, onHost, closed];
    expect(ask(objects, { from: 'x/host', to: 'y/b' }, KUBERNETES).verdict).toBe('allowed');
    expect(ask(objects, { from: 'y/b', to: 'x/host' }, KUBERNETES).verdict).toBe('allowed');
    expect(ask(objects, { from: 'x/host', to: 'x/a' }, KUBERNETES).verdict).toBe('depends');
  });

  test('a pod selector does not mean them', () => {
    const objects = [...world, onHost, policy('x', { podSelector: a, policyTypes: ['Egress'], egress: [{ to: [{ podSelector: {} }] }] })];
    expect(ask(objects, { from: 'x/a', to: 'x/host' }, KUBERNETES).verdict).toBe('denied');
    expect(ask(objects, { from: 'x/a', to: 'x/b' }, KUBERNETES).verdict).toBe('allowed');
  });

  test('finished pods take no part, workloads without replicas do', () => {
    const done = { ...(pod('x', {}, { name: 'done' }) as object), status: { phase: 'Succeeded' } };
    const sleeping = workload('Deployment', 'x', 'asleep', {});
    const titles = Cluster.fromManifests([...world, done, sleeping], KUBERNETES).map().parties.map(titleOf);
    expect(titles).not.toContain('x/done[Pod]');
    expect(titles).toContain('x/asleep[Deployment]');
  });

  test('the pods of a controller that is in the set are told by it', () => {
    const owned = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web-1', namespace: 'x', ownerReferences: [{ kind: 'Deployment', name: 'web', controller: true }] }, spec: {} };
    const titles = Cluster.fromManifests([workload('Deployment', 'x', 'web', {}), owned], KUBERNETES).map().parties.map(titleOf);
    expect(titles.filter(title => title.startsWith('x/'))).toEqual(['x/web[Deployment]']);
  });
});

test('a CNI that enforces nothing lets everything through', () => {
  const objects = [...world, policy('x', { ...all, policyTypes: ['Ingress', 'Egress'] })];
  expect(ask(objects, { from: 'y/b', to: 'x/a' }, { target: { cni: 'flannel' } }).verdict).toBe('allowed');
});

test('policies of Cilium have no effect on another CNI, and a note says so', () => {
  const foreign = { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'p', namespace: 'x' }, spec: { endpointSelector: {}, ingress: [{}] } };
  const cluster = Cluster.fromManifests([...world, foreign], KUBERNETES);
  expect(cluster.query({ from: 'y/b', to: 'x/a', port: 80 }).verdict).toBe('allowed');
  expect(cluster.notes.map(({ text }) => text)).toEqual(['CiliumNetworkPolicy x/p has no effect without Cilium']);
});
