import { ask, ccnp, cnp, policy } from './support/ask';
import { Cluster } from '../../src/reach';
import { namespace, pod } from '../support/reach';

const objects = [
  namespace('shop'), namespace('bank', { env: 'prod' }),
  pod('shop', { app: 'db' }, { name: 'db' }), pod('shop', { app: 'web' }, { name: 'web' }), pod('bank', { app: 'api' }, { name: 'api' }),
];
const onKubernetes = { target: { cni: 'calico' } };
const from = (peers: object[], ports: object[] = [{ port: 80 }]) => (
  policy('shop', { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress'], ingress: [{ from: peers, ports }] })
);
const item = (fields: object) => cnp('shop', { endpointSelector: { matchLabels: { app: 'db' } }, ingress: [fields] });
const told = (objectsToAsk: readonly object[], asked: Parameters<typeof ask>[1], options = {}) => {
  const { verdict, conditions } = ask(objectsToAsk, asked, options);
  return { verdict, conditions };
};
const open = (template: string) => ({ verdict: 'depends', conditions: [`${template} fits once it is filled in`] });

describe('what is still to be filled in', () => {
  const outside = { from: '203.0.113.9', to: 'shop/db' };

  test.each([
    ['the block of a peer', from([{ ipBlock: { cidr: '${office}' } }]), '${office}'],
    ['a part of it', from([{ ipBlock: { cidr: '203.0.${n}.0/24' } }]), '203.0.${n}.0/24'],
    ['what is left out of a block', from([{ ipBlock: { cidr: '203.0.0.0/16', except: ['${office}'] } }]), '${office}'],
    ['a block of Cilium', item({ fromCIDR: ['${office}'] }), '${office}'],
    ['a block of a set', item({ fromCIDRSet: [{ cidr: '${office}' }] }), '${office}'],
    ['what is left out of one of a set', item({ fromCIDRSet: [{ cidr: '203.0.0.0/16', except: ['${office}'] }] }), '${office}'],
    ['an entity', item({ fromEntities: ['${who}'] }), '${who}'],
  ])('leaves it open whether %s means an address', (_what, one, template) => {
    expect(told([...objects, one], outside)).toEqual(open(template));
  });

  test('leaves it open for addresses of IPv6 too', () => {
    expect(told([...objects, from([{ ipBlock: { cidr: '${office}' } }])], { from: '2001:db8::1', to: 'shop/db' })).toEqual(open('${office}'));
  });

  test('says nothing of addresses that a block does not have, whatever is left out of it', () => {
    const one = from([{ ipBlock: { cidr: '198.51.100.0/24', except: ['${office}'] } }]);
    expect(ask([...objects, one], outside).verdict).toBe('denied');
  });

  test('takes nothing from what another rule says for sure', () => {
    const sure = from([{ ipBlock: { cidr: '${office}' } }, { ipBlock: { cidr: '203.0.113.0/24' } }]);
    expect(ask([...objects, sure], outside).verdict).toBe('allowed');
    expect(ask([...objects, sure], { ...outside, port: 81 }).verdict).toBe('denied');
  });

  test('means pods of a block where the dataplane compares them', () => {
    const one = from([{ ipBlock: { cidr: '${office}' } }]);
    expect(told([...objects, one], { from: 'bank/api', to: 'shop/db' }, onKubernetes)).toEqual(open('${office}'));
    expect(ask([...objects, one], { from: 'bank/api', to: 'shop/db' }).verdict).toBe('denied');
  });

  test.each([
    ['a port', [{ port: '${port}' }], '${port}'],
    ['the end of a range', [{ port: 8000, endPort: '${last}' }], '${last}'],
    ['a protocol', [{ port: 80, protocol: '${protocol}' }], '${protocol}'],
  ])('leaves it open which ports %s means', (_what, ports, template) => {
    const one = from([{ podSelector: {} }], ports);
    expect(told([...objects, one], { from: 'shop/web', to: 'shop/db' })).toEqual(open(template));
    expect(told([...objects, one], { from: 'shop/web', to: 'shop/db' }, onKubernetes)).toEqual(open(template));
    expect(ask([...objects, one], { from: 'bank/api', to: 'shop/db' }).verdict).toBe('denied');
  });

  test('knows the protocol of a port that it does not know', () => {
    const one = from([{ podSelector: {} }], [{ port: '${port}', protocol: 'UDP' }]);
    expect(ask([...objects, one], { from: 'shop/web', to: 'shop/db' }).verdict).toBe('denied');
    expect(ask([...objects, one], { from: 'shop/web', to: 'shop/db', port: 80, protocol: 'UDP' }).verdict).toBe('depends');
  });

  test('leaves it open which ports a rule of Cilium means', () => {
    const one = item({ fromEntities: ['world'], toPorts: [{ ports: [{ port: '${port}', protocol: 'TCP' }] }] });
    expect(told([...objects, one], outside)).toEqual(open('${port}'));
  });

  test('leaves it open whom a label means: whoever has one of that key', () => {
    const one = from([{ podSelector: { matchLabels: { app: '${app}' } } }]);
    expect(told([...objects, one, pod('shop', {}, { name: 'bare' })], { from: 'shop/web', to: 'shop/db' })).toEqual(open('${app}'));
    expect(ask([...objects, one, pod('shop', {}, { name: 'bare' })], { from: 'shop/bare', to: 'shop/db' }).verdict).toBe('denied');
  });

  test.each([
    ['a value of a list', { matchExpressions: [{ key: 'app', operator: 'In', values: ['x', '${app}'] }] }, '${app}'],
    ['a value of those that are left out', { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['${app}'] }] }, '${app}'],
    ['a key', { matchLabels: { '${key}': 'web' } }, '${key}'],
    ['a list', { matchExpressions: [{ key: 'app', operator: 'In', values: '${apps}' }] }, '${apps}'],
    ['all labels', { matchLabels: '${labels}' }, '${labels}'],
  ])('leaves it open whom a selector means where it is %s', (_what, podSelector, template) => {
    expect(told([...objects, from([{ podSelector }])], { from: 'shop/web', to: 'shop/db' })).toEqual(open(template));
    expect(told([...objects, item({ fromEndpoints: [podSelector] })], { from: 'shop/web', to: 'shop/db' })).toEqual(open(template));
  });

  test('leaves it open which namespaces are meant', () => {
    const one = from([{ namespaceSelector: { matchLabels: { env: '${env}' } } }]);
    expect(told([...objects, one], { from: 'bank/api', to: 'shop/db' })).toEqual(open('${env}'));
    expect(ask([...objects, one], { from: 'shop/web', to: 'shop/db' }).verdict).toBe('denied');
  });

  test('leaves it open whom a policy is about', () => {
    const about = (podSelector: object) => [...objects, policy('shop', { podSelector, policyTypes: ['Ingress'] })];
    expect(told(about({ matchLabels: { app: '${app}' } }), outside)).toEqual(open('${app}'));
    expect(told([...objects, ccnp({ endpointSelector: { matchLabels: { app: '${app}' } }, ingress: [{}] })], outside)).toEqual(open('${app}'));
  });

  test('leaves it open which namespace a policy is in, and so whom it is about', () => {
    const np = policy('${TEAM}', { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress'] });
    const own = cnp('${TEAM}', { endpointSelector: { matchLabels: { app: 'db' } }, ingress: [{}] });
    for (const one of [np, own]) {
      expect(told([...objects, one], outside)).toEqual(open('${TEAM}'));
      expect(ask([...objects, one], { ...outside, to: 'shop/web' }).verdict).toBe('allowed');
    }
  });

  test('is the same in a policy and in the workloads beside it', () => {
    const beside = [pod('${TEAM}', { app: '${app}' }, { name: 'it' }), policy('${TEAM}', { podSelector: { matchLabels: { app: '${app}' } }, policyTypes: ['Ingress'] })];
    expect(ask(beside, { from: '203.0.113.9', to: '${TEAM}/it' }).verdict).toBe('denied');
  });

  test('in a label of a workload may be what a policy asks for', () => {
    const web = pod('shop', { app: '${app}' }, { name: 'it' });
    expect(ask([...objects, web, from([{ podSelector: { matchLabels: { app: 'web' } } }])], { from: 'shop/it', to: 'shop/db' }).verdict).toBe('depends');
    expect(ask([...objects, web, from([{ podSelector: { matchLabels: { tier: 'web' } } }])], { from: 'shop/it', to: 'shop/db' }).verdict).toBe('denied');
  });

  test('leaves it open which names may be asked for, and called', () => {
    const dns = { toEndpoints: [{}], toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: [{ matchPattern: '*' }] } }] };
    const named = (egress: object[]) => [...objects, cnp('shop', { endpointSelector: {}, egress })];
    const asked = { from: 'shop/web', to: 'api.example.com', port: 443 };
    expect(told(named([dns, { toFQDNs: [{ matchName: 'api.${domain}' }] }]), asked)).toEqual(open('api.${domain}'));
    const narrow = { ...dns, toPorts: [{ ...dns.toPorts[0], rules: { dns: [{ matchName: '${host}' }] } }] };
    expect(told(named([narrow, { toFQDNs: [{ matchName: 'api.example.com' }] }]), asked)).toEqual(open('${host}'));
  });

  test('is nowhere in what is written out', () => {
    expect(Cluster.fromManifests([...objects, from([{ podSelector: {} }])]).query({ from: 'shop/web', to: 'shop/db', port: 80 }).conditions).toEqual([]);
  });
});

test('a block with leading zeros is one that some read and others do not', () => {
  const one = from([{ ipBlock: { cidr: '010.0.0.0/8' } }]);
  expect(told([...objects, one], { from: '10.1.2.3', to: 'shop/db' }, onKubernetes))
    .toEqual({ verdict: 'depends', conditions: ['the network plugin reads 010.0.0.0/8 in spite of its zeros'] });
  expect(ask([...objects, one], { from: '203.0.113.9', to: 'shop/db' }, onKubernetes).verdict).toBe('denied');
});
