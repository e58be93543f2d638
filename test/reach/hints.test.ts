import { ask, cnp, policy, workload } from './support/ask';
import { answerText } from '../../src/reach';

const isolated = { podSelector: {}, policyTypes: ['Ingress', 'Egress'] };
const api = workload('Deployment', 'shop', 'api', { app: 'api' });

test('a pod to itself is allowed, and the answer says why', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'one', namespace: 'shop' }, spec: { containers: [] } };
  const answer = ask([pod, policy('shop', isolated)], { from: 'shop/one', to: 'shop/one' });
  expect(answer).toMatchObject({ verdict: 'allowed', egress: { verdict: 'allowed' }, ingress: { verdict: 'allowed' } });
  expect(answerText(answer)).toContain('a pod reaches itself, whatever policies say');
});

test('that a peer has hostNetwork is why a rule about its labels does not mean it', () => {
  const node = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'proxy', namespace: 'shop', labels: { app: 'proxy' } }, spec: { hostNetwork: true, containers: [] } };
  const rule = { ...isolated, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: { matchLabels: { app: 'proxy' } } }] }] };
  const { ingress } = ask([node, api, policy('shop', rule)], { from: 'shop/proxy', to: 'shop/api' }, { target: { cni: 'cilium' } });
  expect(ingress.reasons.map(({ text }) => text)).toContain('shop/proxy[Pod] has hostNetwork: policies see the node that it is on, and not its labels');
});

test.each([
  ['api.example.com', [], true],
  ['api.example.com', [{ matchName: 'api.example.com' }], false],
  ['other.example.com', [{ matchName: 'api.example.com' }], true],
])('a name that no DNS rule lets be asked for is never learnt: %s with %j', (name, rules, isTold) => {
  const dns = { toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'kube-system' } }], toPorts: [{ ports: [{ port: '53', protocol: 'UDP' }], rules: { dns: rules } }] };
  const egress = [{ toFQDNs: [{ matchPattern: '*.example.com' }] }, ...rules.length > 0 ? [dns] : []];
  const { verdict, egress: { reasons } } = ask([api, cnp('shop', { endpointSelector: {}, egress })], { from: 'shop/api', to: name });
  const hint = `no DNS rule lets shop/api[Deployment] ask for ${name}, so its addresses are never learnt`;
  expect([verdict, reasons.some(({ text }) => text === hint)]).toEqual([isTold ? 'denied' : 'allowed', isTold]);
});

test.each([
  [{ path: '/x' }, /question: given the field path; .*http: \{ path: \.\.\. \}/],
  [{ http: { paths: '/x' } }, /http: given the field paths; allowed: method, path, host, headers/],
  [{ port: undefined }, /port: given nothing; .*Write `port`/],
  [{ from: undefined }, /from: given nothing; .*Write `from`/],
])('a question that asks less than it seems to is refused: %j', (fields, message) => {
  expect(() => ask([api], { from: 'shop/api', to: 'shop/api', ...fields } as Parameters<typeof ask>[1])).toThrow(message);
});
