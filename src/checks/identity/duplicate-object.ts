import { describeSource } from '../../manifests/describe-source';
import { displayName, identityOf } from '../../manifests/identity';
import type { Located } from '../finding';
import type { SetRule } from '../rule';

export const duplicateObject: SetRule = {
  id: 'identity/DuplicateObject',
  severity: 'error',
  what: 'Two objects have the same group, kind, namespace and name.',
  why: 'The one that is applied last wins, and two Flux Kustomizations take turns for ever.',
  mend: 'Give one of them another name or namespace, or leave one out.',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
  bad: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Egress] }
`,
  good: `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: bank }
spec: { podSelector: {}, policyTypes: [Ingress] }
`,
  *checkSet({ objects }) {
    const first = new Map<string, Located>();
    for (const located of objects) {
      const { apiVersion, kind, metadata } = located.object;
      // A name that the API server makes up belongs to no other object, and what is no text names none.
      if (![apiVersion, kind, metadata?.name, metadata?.namespace ?? ''].every(text => typeof text === 'string')) continue;
      const identity = identityOf(located.object);
      const other = first.get(identity);
      if (other) yield { object: located, pointer: '/metadata/name', found: `${displayName(located.object)}, which ${describeSource(other.source)} makes too` };
      else first.set(identity, located);
    }
  },
};
