import { appliedApart } from './applied-apart';
import { describeSource } from '../../manifests/describe-source';
import { displayName, identityOf } from '../../manifests/identity';
import type { Located } from '../finding';
import { appliedFiles } from '../flux/applied-files';
import { scopeOf } from '../kubernetes/scope';
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
    const known = new Map<string, Located>();
    // Those that are applied apart from the first one.
    const more = new Map<string, Located[]>();
    for (const located of objects) {
      const { apiVersion, kind, metadata } = located.object;
      // A name that the API server makes up belongs to no other object, and what is no text names none.
      if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof metadata?.name !== 'string') continue;
      if (typeof (metadata.namespace ?? '') !== 'string') continue;
      // Without a namespace it lands where the tool puts it that applies the file, and each file may be applied another way.
      const homeless = !metadata.namespace && scopeOf(located.object) !== 'cluster';
      const identity = homeless ? `${identityOf(located.object)} in ${located.source.file}` : identityOf(located.object);
      const first = known.get(identity);
      if (!first) {
        known.set(identity, located);
        continue;
      }
      const apart = more.get(identity) ?? [];
      const other = [first, ...apart].find(one => !appliedApart(one, located, appliedFiles(objects)));
      if (other) yield { object: located, pointer: '/metadata/name', found: `${displayName(located.object)}, which ${describeSource(other.source)} makes too` };
      else more.set(identity, [...apart, located]);
    }
  },
};
