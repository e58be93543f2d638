import { versionOf } from './kind-schemas';
import { PRODUCTS } from './products';
import { KINDS_WITH_VERSIONS, newestVersion, type Service, servicesOf } from './served-versions';
import type { Target } from '../../target/target';
import { compareMinor } from '../../values/semver-minor';
import { groupOf } from '../kubernetes/group';
import { isTemplate } from '../kubernetes/text';
import type { ObjectRule } from '../rule';

export const unknownVersion: ObjectRule = {
  id: 'schema/UnknownVersion',
  severity: 'error',
  what: 'An API version that the target does not serve for the kind.',
  why: 'The API server refuses the object, and a Kustomization that applies it fails as a whole.',
  mend: 'Write it for a version that is served.',
  link: 'https://kubernetes.io/docs/reference/using-api/deprecation-guide/',
  bad: `
apiVersion: policy/v1beta1
kind: PodDisruptionBudget
metadata: { name: web, namespace: shop }
spec: { minAvailable: 1, selector: { matchLabels: { app: web } } }
`,
  good: `
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web, namespace: shop }
spec: { minAvailable: 1, selector: { matchLabels: { app: web } } }
`,
  kinds: KINDS_WITH_VERSIONS,
  checkObject(located, report, { target }) {
    const { apiVersion, kind } = located.object;
    const group = groupOf(apiVersion);
    const known = group === undefined || isTemplate(apiVersion) ? undefined : servicesOf(group, kind);
    if (!known || known.product === 'other') return;
    const wrong = serviceProblem(known.services.get(apiVersion.slice(apiVersion.indexOf('/') + 1)), known.product, target);
    if (wrong === undefined) return;
    const newest = newestVersion(group!, kind, target);
    report({ object: located, pointer: '/apiVersion', found: `${apiVersion}, ${wrong}`, mend: newest && `Write ${newest}.` });
  },
};

function serviceProblem(service: Service | undefined, product: keyof typeof PRODUCTS, target: Target): string | undefined {
  const { product: name } = PRODUCTS[product];
  const version = versionOf(target, product);
  if (!service) return `which ${name} does not have`;
  if (service.until !== undefined && compareMinor(version, service.until) >= 0) return `removed in ${name} ${service.until}`;
  return service.since !== undefined && compareMinor(version, service.since) < 0 ? `which comes with ${name} ${service.since}` : undefined;
}
