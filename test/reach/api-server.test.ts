import { ask, cnp, workload } from './support/ask';
import type { Verdict } from '../../src/reach';

const api = workload('Deployment', 'shop', 'api', { app: 'api' });
const reserved = (name: string, operator = 'Exists') => ({ fromEndpoints: [{ matchExpressions: [{ key: `reserved:${name}`, operator }] }] });

test.each<[string, object, Verdict, Verdict]>([
  ['nodes by label', { fromNodes: [{ matchLabels: { 'node-role.kubernetes.io/control-plane': '' } }] }, 'depends', 'depends'],
  ['every node', { fromNodes: [{}] }, 'depends', 'allowed'],
  ['nodes by their entity', { fromEntities: ['remote-node'] }, 'depends', 'allowed'],
  ['nodes by their identity', reserved('remote-node'), 'depends', 'allowed'],
  ['the API server by its entity', { fromEntities: ['kube-apiserver'] }, 'allowed', 'depends'],
  ['the API server by its identity', reserved('kube-apiserver'), 'allowed', 'depends'],
  ['everybody but nodes', reserved('remote-node', 'DoesNotExist'), 'depends', 'denied'],
  ['everybody but the API server', reserved('kube-apiserver', 'DoesNotExist'), 'denied', 'depends'],
  ['everybody but another identity', reserved('health', 'DoesNotExist'), 'allowed', 'allowed'],
  ['pods', { fromEndpoints: [{}] }, 'denied', 'denied'],
])('a rule for %s: the API server, which runs on a node or outside, and nodes, of which one may run it', (_name, item, server, node) => {
  const objects = [api, cnp('shop', { endpointSelector: {}, ingress: [{ ...item, toPorts: [{ ports: [{ port: '8443', protocol: 'TCP' }] }] }] })];
  const verdicts = ['kube-apiserver', 'remote-node']
    .map(from => ask(objects, { from, to: 'shop/api', port: 8443 }, { target: { cni: 'cilium', cilium: { version: '1.18', nodeSelectors: true } } }).verdict);
  expect(verdicts).toEqual([server, node]);
});
