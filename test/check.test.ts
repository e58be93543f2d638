import { check } from 'cdk8s-guardrails/check';
import { ACKNOWLEDGE_ANNOTATION } from '../src/checks/acknowledgement';

const policy = (annotations?: Record<string, string>) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'default-deny', namespace: 'shop', annotations },
  spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
});

const FLANNEL = 'network/CniEnforcesNothing';

test('objects are checked for the cluster that is said', () => {
  const errors = (cni: string) => check([policy()], { target: { cni } }).filter(({ severity }) => severity === 'error').map(({ id }) => id);
  expect(errors('cilium')).toEqual([]);
  expect(errors('flannel')).toEqual([FLANNEL]);
});

test('rules are left out, raised and lowered', () => {
  const severity = (options: object) => check([policy()], { target: { cni: 'flannel' }, ...options }).find(({ id }) => id === FLANNEL)?.severity;
  expect(severity({})).toBe('error');
  expect(severity({ severities: { [FLANNEL]: 'info' } })).toBe('info');
  expect(severity({ ignore: [FLANNEL] })).toBeUndefined();
});

test('annotations acknowledge', () => {
  const known = policy({ [ACKNOWLEDGE_ANNOTATION]: `${FLANNEL}: a test cluster until 2030-01-01` });
  const ids = (today: string) => check([known], { target: { cni: 'flannel' }, today }).map(({ id }) => id);
  expect(ids('2029-12-31')).not.toContain(FLANNEL);
  expect(ids('2030-01-02')).toEqual(expect.arrayContaining([FLANNEL, 'acknowledgement/Expired']));
});

test.each<[string, unknown]>([
  ['nothing', null], ['text', 'kind: Pod'], ['a list', []], ['an object without kind', {}], ['a kind of the wrong type', { apiVersion: 'v1', kind: 7 }],
])('%s is passed over', (_name, object) => {
  expect(check([object])).toEqual([]);
});

test('a target that is not known is an error', () => {
  expect(() => check([], { target: { cni: 'weave' } })).toThrow(/^check: cni: given "weave"; allowed: cilium, calico/);
});
