import { cnp, policy, workload } from './support/ask';
import { Cluster, connectionText, type PlatformFacts, titleOf } from '../../src/reach';

const api = workload('Deployment', 'shop', 'api', { app: 'api' });
const fromInfra = policy('shop', {
  podSelector: {},
  policyTypes: ['Ingress', 'Egress'],
  ingress: [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'infra' } } }], ports: [{ port: 8080 }] }],
});
const ANY = 'infra/*[Pods] => shop/api[Deployment] : 8080/TCP';

function toApi(objects: readonly object[], target: PlatformFacts = { cni: 'calico' }): string[] {
  return [...Cluster.fromManifests(objects, { target }).map()].map(({ from, to, connection }) =>
    `${titleOf(from)} => ${titleOf(to)} : ${connectionText(connection)}`).filter(line => line.includes('[Pods] => shop/api'));
}

describe('who is held back by a policy of his own stands for nobody else of his namespace', () => {
  const envoy = workload('Deployment', 'infra', 'envoy', { app: 'envoy' });
  const own = (name: string, spec: object) => policy('infra', spec, name);
  const ofEnvoy = { podSelector: { matchLabels: { app: 'envoy' } } };

  test.each<[string, object[], string[]]>([
    ['an egress of his own', [own('envoy', { ...ofEnvoy, policyTypes: ['Egress'] })], [ANY]],
    ['one that is about all there', [own('deny', { podSelector: {}, policyTypes: ['Egress'] })], []],
    ['one of his own beside that', [own('deny', { podSelector: {}, policyTypes: ['Egress'] }), own('envoy', { ...ofEnvoy, policyTypes: ['Egress'] })], []],
    ['an ingress of his own, which is no matter where he calls', [own('envoy', { ...ofEnvoy, policyTypes: ['Ingress'] })], []],
    ['none', [], []],
  ])('%s', (_name, policies, expected) => {
    expect(toApi([api, envoy, fromInfra, ...policies])).toEqual(expected);
  });

  test('whom the other end denies stands for nobody else either', () => {
    const letIn = { fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'infra' } }] };
    const denied = { fromEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'infra', 'app': 'envoy' } }] };
    const set = (...ingressDeny: object[]) => [api, envoy, cnp('shop', { endpointSelector: {}, ingress: [letIn], ingressDeny })];
    expect(toApi(set(denied), {})).toEqual(['infra/*[Pods] => shop/api[Deployment] : any port']);
    expect(toApi(set(), {})).toEqual([]);
  });

  test('a deny of Cilium too', () => {
    const deny = cnp('infra', { endpointSelector: { matchLabels: { app: 'envoy' } }, egressDeny: [{ toEntities: ['all'] }], enableDefaultDeny: { egress: false } });
    expect(toApi([api, envoy, fromInfra, deny], {})).toEqual([ANY]);
  });
});
