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
