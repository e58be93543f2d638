import { cnp } from './support/ask';
import { matchers } from '../../src/jest/matchers';
import { Cluster } from '../../src/reach';
import { namespace, pod } from '../support/reach';

const objects = [
  namespace('shop'), namespace('bank'), pod('shop', { app: 'web' }, { name: 'web' }), pod('shop', { app: 'api' }, { name: 'api' }),
  pod('bank', { app: 'db' }, { name: 'db' }),
];
/** A glob is no expression: the API server takes it, and the agents drop the policy. */
const onlyGet = cnp('shop', {
  endpointSelector: { matchLabels: { app: 'api' } },
  ingress: [{ fromEndpoints: [{}], toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }], rules: { http: [{ method: 'GET', path: '*' }] } }] }],
}, 'only-get');
const question = { from: 'bank/db', to: 'shop/api', port: 22 };

describe('a policy that the cluster refuses', () => {
  test('has no effect, and a note says why', () => {
    const cluster = Cluster.fromManifests([...objects, onlyGet]);
    expect(cluster.query(question).verdict).toBe('allowed');
    expect(cluster.notes.map(({ text }) => text).join()).toMatch(/only-get has no effect, since the cluster refuses it: .*\(cilium\/InvalidHttpRegex\)/);
    expect(cluster.knowing(['other/app=x[Pods]']).notes).toEqual(cluster.notes);
  });

  test('counts where none is said to be refused', () => {
    const cluster = Cluster.fromManifests([...objects, onlyGet], { refused: new Map() });
    expect(cluster.query(question).verdict).toBe('denied');
    expect(cluster.notes).toEqual([]);
  });

  test('is told by matchers where it is about one of the two ends', () => {
    const messageOf = (to: string) => matchers.toDeny([...objects, onlyGet], { ...question, to }).message();
    expect(messageOf('shop/api')).toContain('\n  note: CiliumNetworkPolicy shop/only-get has no effect');
    expect(messageOf('shop/web')).not.toContain('note:');
  });

  test('is told of everybody in its namespace where whom it is about cannot be read', () => {
    const bad = cnp('shop', { nodeSelector: {}, ingress: [{}] }, 'bad');
    const { message } = matchers.toDeny([...objects, bad], { from: 'shop/web', to: 'bank/db', port: 22 });
    expect(message()).toMatch(/\n {2}note: CiliumNetworkPolicy shop\/bad has no effect/);
    expect(matchers.toDeny([...objects, bad], { from: '192.0.2.1', to: 'bank/db', port: 22 }).message()).not.toContain('note:');
  });
});

describe('a policy that does not fit its schema', () => {
  const web = pod('shop', { app: 'web' }, { name: 'web' });
  const world = { from: 'world', to: 'shop/web', port: 80 };
  const ask = (...policies: object[]) => {
    const cluster = Cluster.fromManifests([web, ...policies]);
    return { verdicts: [...new Set(cluster.queryAll(world).map(({ verdict }) => verdict))], notes: cluster.notes.map(({ text }) => text) };
  };
  const isolating = { endpointSelector: {}, ingress: [{ fromEntities: ['host'], toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }] }] }] };
  const np = (spec: object) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'np', namespace: 'shop' }, spec });

  test.each([
    ['a number for a text', cnp('shop', { ...isolating, ingress: [{ toPorts: [{ ports: [{ port: 81, protocol: 'TCP' }] }] }] }), 'schema/WrongType'],
    ['a protocol in small letters', cnp('shop', { ...isolating, ingress: [{ toPorts: [{ ports: [{ port: '81', protocol: 'tcp' }] }] }] }), 'schema/NotAllowedValue'],
    ['an entity with a capital', cnp('shop', { ...isolating, ingress: [{ fromEntities: ['Host'] }] }), 'schema/NotAllowedValue'],
    ['an address without a prefix', cnp('shop', { ...isolating, ingress: [{ fromCIDR: ['192.0.2.1'] }] }), 'schema/BadFormat'],
    ['two kinds of a CIDR', cnp('shop', { ...isolating, ingress: [{ fromCIDRSet: [{ cidr: '192.0.2.0/24', cidrGroupRef: 'office' }] }] }), 'schema/OneOf'],
    ['a version that is not served', { ...cnp('shop', isolating), apiVersion: 'cilium.io/v1' }, 'schema/UnknownVersion'],
    ['a mapping for a list', np({ podSelector: {}, policyTypes: ['Ingress'], ingress: { from: [{ podSelector: {} }] } }), 'schema/WrongType'],
    ['a label that is no text', np({ podSelector: { matchLabels: { app: true } }, policyTypes: ['Ingress'] }), 'schema/WrongType'],
  ])('has no effect for %s', (_what, policy, rule) => {
    const { verdicts, notes } = ask(policy);
    expect(verdicts).toEqual(['allowed']);
    expect(notes).toEqual([expect.stringMatching(`has no effect, since the cluster refuses it: .*\\(${rule}\\)`)]);
  });

  test('leaves it open whether it is in force where a field is not known', () => {
    const { verdicts, notes } = ask(np({ podSelector: {}, policyTypes: ['Ingress'], ingres: [{}] }));
    expect(verdicts).toEqual(['depends']);
    expect(notes).toEqual(['NetworkPolicy shop/np may have no effect: kubectl and Flux refuse it for `ingres`']);
    const [answer] = Cluster.fromManifests([web, np({ podSelector: {}, ingres: [{}] })]).queryAll(world);
    expect(answer!.conditions).toEqual(['NetworkPolicy shop/np is taken in spite of `ingres`']);
  });

  test('has no effect where it is refused besides, and is not told twice', () => {
    const { verdicts, notes } = ask(np({ podSelector: {}, policyTypes: ['ingress'], ingres: [{}] }));
    expect(verdicts).toEqual(['allowed']);
    expect(notes).toEqual([expect.stringContaining('has no effect')]);
  });

  test('is in force where a field is written that the API server has always dropped', () => {
    expect(ask({ ...cnp('shop', isolating), description: 'old' })).toEqual({ verdicts: ['denied'], notes: [] });
  });

  test('is in force with fields that are null, and with values that are still to be filled in', () => {
    expect(ask(np({ podSelector: {}, policyTypes: ['Ingress'], ingress: null }))).toEqual({ verdicts: ['denied'], notes: [] });
    expect(ask(cnp('shop', { ...isolating, enableDefaultDeny: '${deny}' })).notes).toEqual([]);
  });

  test('of Cilium is not looked at where another CNI is in charge', () => {
    const bad = cnp('shop', { endpointSelector: {}, ingress: [{ toPorts: [{ ports: [{ port: 81 }] }] }] }, 'bad');
    const { notes } = Cluster.fromManifests([web, bad], { target: { cni: 'calico' } });
    expect(notes.map(({ text }) => text)).toEqual(['CiliumNetworkPolicy shop/bad has no effect without Cilium']);
  });
});
