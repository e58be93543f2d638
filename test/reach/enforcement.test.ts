import { ask, ccnp, cnp, policy } from './support/ask';
import { Cluster } from '../../src/reach';
import { namespace, pod } from '../support/reach';

const objects = [
  namespace('shop'), pod('shop', { app: 'web' }, { name: 'web' }), pod('shop', { app: 'db' }, { name: 'db' }),
  pod('shop', { app: 'agent' }, { name: 'agent', hostNetwork: true }),
];
const mode = (policyEnforcementMode: string) => ({ target: { cilium: { policyEnforcementMode } } });
const flow = { from: 'shop/web', to: 'shop/db' };
const both = policy('shop', { podSelector: {}, policyTypes: ['Ingress', 'Egress'], ingress: [{ from: [{ podSelector: {} }] }], egress: [{ to: [{ podSelector: {} }] }] });
const denyAll = policy('shop', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });

describe('policyEnforcementMode', () => {
  test('default isolates those whom a policy selects', () => {
    expect(ask(objects, flow, mode('default')).verdict).toBe('allowed');
    expect(ask([...objects, denyAll], flow, mode('default')).verdict).toBe('denied');
  });

  test('always isolates all of them in both directions, and says so', () => {
    const { verdict, egress, ingress } = ask(objects, flow, mode('always'));
    expect([verdict, egress.verdict, ingress.verdict]).toEqual(['denied', 'denied', 'denied']);
    expect(ingress.reasons.map(({ text }) => text)).toEqual(['policyEnforcementMode always isolates shop/db[Pod]: ingress is denied unless a rule allows it']);
    expect(ask([...objects, both], flow, mode('always')).verdict).toBe('allowed');
  });

  test('always leaves a policy of one direction with the other one closed', () => {
    const ingressOnly = cnp('shop', { endpointSelector: {}, ingress: [{ fromEndpoints: [{}] }] });
    expect(ask([...objects, ingressOnly], flow, mode('always')).egress.verdict).toBe('denied');
    expect(ask([...objects, ingressOnly], flow, mode('default')).verdict).toBe('allowed');
  });

  test('always takes nothing from a node that reaches its pods, and isolates no pod of the host network', () => {
    expect(ask(objects, { from: 'host', to: 'shop/db' }, mode('always')).verdict).toBe('allowed');
    expect(ask(objects, { from: 'shop/agent', to: 'world' }, mode('always')).verdict).toBe('allowed');
  });

  test('always isolates the health endpoints too', () => {
    const health = ccnp({ endpointSelector: { matchLabels: { 'reserved:health': '' } }, ingress: [{ fromEntities: ['remote-node'] }] });
    expect(ask(objects, { from: 'remote-node', to: 'health' }, mode('always')).verdict).toBe('denied');
    expect(ask([...objects, health], { from: 'remote-node', to: 'health' }, mode('always')).verdict).toBe('allowed');
  });

  test('never enforces nothing', () => {
    const cluster = Cluster.fromManifests([...objects, denyAll], mode('never'));
    expect(cluster.dataplane).toBe('none');
    expect(cluster.query({ ...flow, port: 80 }).verdict).toBe('allowed');
  });

  test('is one of the three', () => {
    expect(() => Cluster.fromManifests(objects, mode('audit'))).toThrow('default, always, never');
  });
});
