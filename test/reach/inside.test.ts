import { Cluster, connectionText, type PlatformFacts, titleOf } from '../../src/reach';

const target: PlatformFacts = {
  cni: 'cilium', cilium: '1.18', podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/12'], nodeCidrs: ['10.1.0.0/24'],
};
const objects = (egress: object) => [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } },
  { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } }, spec: {}, status: { podIP: '10.244.0.9' } },
  { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'p', namespace: 'shop' }, spec: { endpointSelector: {}, egress: [egress] } },
];
const cluster = (egress: object, facts: PlatformFacts = target) => Cluster.fromManifests(objects(egress), { target: facts });
const ask = (to: string, egress: object = { toCIDR: ['10.0.0.0/8'] }, facts: PlatformFacts = target) =>
  cluster(egress, facts).query({ from: 'shop/web', to, port: 443 });
const outside = (egress: object, facts: PlatformFacts = target) => [...cluster(egress, facts).map()]
  .filter(({ from, to }) => titleOf(from) === 'shop/web[Pod]' && to.type === 'addresses').map(({ to, connection }) => `${titleOf(to)} ${connectionText(connection)}`);

describe('addresses of pods and Services', () => {
  test.each([
    ['10.244.0.10', 'where pods have their addresses; allowed: the workload'],
    ['10.244.7.0/24', 'where pods have their addresses; allowed: the workload'],
    ['10.96.0.1', 'where Services have their addresses; allowed: the Service as a destination'],
  ])('%s is nobody to ask about', (to, text) => {
    expect(() => ask(to)).toThrow(text);
  });

  test('one that a pod of the set has is that pod', () => {
    expect(ask('10.244.0.9').to).toBe('shop/web[Pod]');
  });

  test('a block with others besides is about these', () => {
    expect(ask('10.240.0.0/12').verdict).toBe('allowed');
    expect(ask('10.2.0.1').verdict).toBe('allowed');
  });

  test('a block that nodes have addresses in depends on them', () => {
    expect(ask('10.0.0.0/8').conditions).toEqual(['the address is in 10.0.0.0/8']);
    expect(outside({ toCIDR: ['10.0.0.0/8'] })).toEqual([
      '10.0.0.0-10.0.255.255 any port', expect.stringMatching(/^10\.1\.0\.0-10\.1\.0\.255 perhaps/), '10.1.1.0-10.255.255.255 any port',
    ]);
  });

  test('to blocks of the NetworkPolicy API, and to agents that match pods, they are addresses like others', () => {
    expect(ask('10.244.0.10', {}, { cni: 'calico', podCidrs: ['10.244.0.0/16'] }).verdict).toBe('allowed');
    expect(ask('10.244.0.10', undefined, { ...target, cilium: { version: '1.20', cidrMatchesPods: true } }).verdict).toBe('allowed');
  });

  test('the map leaves out what a rule says of them alone', () => {
    expect(outside({ toCIDR: ['10.244.0.0/16', '10.96.0.1/32', '192.0.2.0/24'] })).toEqual(['192.0.2.0-192.0.2.255 any port']);
    expect(outside({ toCIDR: ['10.244.0.0/16'] }, { cni: 'cilium', cilium: '1.18' })).toEqual(['10.244.0.0-10.244.255.255 any port']);
  });
});

describe('addresses where nodes have theirs', () => {
  test('depend on who is there: blocks match no node', () => {
    const { verdict, conditions } = ask('10.1.0.5', { toCIDR: ['10.1.0.5/32'] });
    expect([verdict, conditions]).toEqual(['depends', ['no node has the address']]);
    expect(outside({ toCIDR: ['10.1.0.5/32'] })[0]).toMatch(/^10\.1\.0\.5 .*perhaps/);
  });

  test('pass for sure where nodes and everybody else are let through', () => {
    expect(ask('10.1.0.5', { toCIDR: ['10.0.0.0/8'] }).verdict).toBe('depends');
    expect(ask('10.1.0.5', { toEntities: ['all'] }).verdict).toBe('allowed');
    expect(ask('10.1.0.5', { toEntities: ['host', 'remote-node'] }).verdict).toBe('depends');
  });

  test('are closed for sure where neither is', () => {
    expect(ask('10.1.0.5', { toCIDR: ['10.2.0.0/16'] }).verdict).toBe('denied');
  });

  test('are like others elsewhere', () => {
    expect(ask('10.1.1.5').verdict).toBe('allowed');
    expect(ask('10.1.0.5', undefined, { cni: 'cilium', cilium: '1.18' }).verdict).toBe('allowed');
  });
});
