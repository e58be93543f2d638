import { readPlatformFacts } from '../../src/target/target-file';
import { describeTarget, targetOf } from '../../src/target/target-of';

const target = (data: unknown) => targetOf(readPlatformFacts(data, 'target.yaml'), 'target.yaml');

test('without facts it is the default target', () => {
  expect(target(undefined)).toMatchObject({ cni: 'Cilium', cilium: '1.18', kyverno: '1.19', kubernetes: '1.33', flux: '2.8', enforcesNetworkPolicy: true });
  expect(describeTarget(target(null))).toBe('Kubernetes 1.33, Cilium 1.18, Kyverno 1.19, Flux 2.8');
});

test.each<[object, object]>([
  [{ kubernetes: 'v1.31.4', kyverno: '1.16', flux: '2.9' }, { kubernetes: '1.31', kyverno: '1.16', flux: '2.9' }],
  [{ cilium: '1.16' }, { cni: 'Cilium', cilium: '1.16', ciliumAgent: undefined }],
  [{ cilium: { version: '1.19', sctp: true } }, { cilium: '1.19', ciliumAgent: { sctp: true } }],
  [{ cni: 'calico' }, { cni: 'Calico', cilium: undefined, enforcesNetworkPolicy: true }],
  [{ cni: 'flannel' }, { cni: 'flannel', enforcesNetworkPolicy: false }],
  [{ cni: 'kindnet-without-policy' }, { enforcesNetworkPolicy: false }],
  [{ cni: 'k3s' }, { cni: 'k3s built-in', enforcesNetworkPolicy: true }],
  [{ cni: 'gke-dataplane-v2' }, { cni: 'GKE Dataplane V2' }],
  [{ cni: 'azure-cilium-acns', cilium: '1.17' }, { cilium: '1.17' }],
  [{ cni: { name: 'weave', enforcesNetworkPolicy: true } }, { cni: 'weave', enforcesNetworkPolicy: true, cilium: undefined }],
  [{ podTemplates: { Rollout: 'spec.template' } }, { podTemplates: { Rollout: 'spec.template' } }],
  [{ podCidrs: ['10.0.0.0/8'], systemNamespaces: ['kube-system'], fluxLockdown: false }, { podCidrs: ['10.0.0.0/8'], fluxLockdown: false }],
])('%j', (data, expected) => {
  expect(target(data)).toMatchObject(expected);
});

test.each<[unknown, string]>([
  ['text', 'target.yaml: the file: given "text"; allowed: a mapping of kubernetes, '],
  [{ kuberntes: '1.33' }, 'target.yaml: kuberntes: given "kuberntes"; allowed: kubernetes, kyverno'],
  [{ constructor: 1 }, 'target.yaml: constructor: given "constructor"'],
  [{ kubernetes: 1.3 }, 'target.yaml: kubernetes: given 1.3; allowed: a version in quotes'],
  [{ kubernetes: '1.5' }, 'target.yaml: Kubernetes version: given "1.5"; allowed: 1.28 to 1.36'],
  [{ cni: 'weave' }, 'target.yaml: cni: given "weave"; allowed: cilium, calico'],
  [{ cni: { name: 'weave' } }, 'Add enforcesNetworkPolicy.'],
  [{ cni: 'calico', cilium: '1.18' }, 'target.yaml: cilium: given "1.18"; allowed: nothing beside cni: Calico'],
  [{ cilium: { versoin: '1.18' } }, 'target.yaml: versoin: given'],
  [{ cilium: { sctp: 'yes' } }, 'target.yaml: sctp: given "yes"; allowed: true or false'],
  [{ podCidrs: '10.0.0.0/8' }, 'target.yaml: podCidrs: given "10.0.0.0/8"; allowed: a list'],
  [{ podCidrs: ['10.0.0.0/99'] }, 'target.yaml: podCidrs: given "10.0.0.0/99"'],
  [{ apiServer: { port: 0 } }, 'target.yaml: port: given 0'],
  [{ podTemplates: ['Rollout'] }, 'target.yaml: podTemplates: given ["Rollout"]; allowed: a mapping of kinds to paths'],
  [{ podTemplates: { rollout: 'spec.template' } }, 'target.yaml: podTemplates: given "rollout"; allowed: a kind such as Rollout'],
  [{ podTemplates: { Rollout: '/spec/template' } }, 'target.yaml: podTemplates: given "/spec/template"; allowed: the path of a pod template'],
  [{ systemNamespaces: ['Kube'] }, 'target.yaml: systemNamespaces: given "Kube"'],
])('%j is refused', (data, message) => {
  expect(() => target(data)).toThrow(message);
});
