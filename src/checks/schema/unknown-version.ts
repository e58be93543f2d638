import { versionOf } from './kind-schemas';
import { PRODUCTS } from './products';
import { homeOf, KINDS_WITH_VERSIONS, newestVersion, type Service, servicesOf } from './served-versions';
import type { Target } from '../../target/target';
import { compareMinor } from '../../values/semver-minor';
import type { Located } from '../finding';
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
    if (group === undefined || isTemplate(apiVersion)) return;
    const home = homeOf(group, kind);
    const wrong = home === undefined ? versionProblem(group, located, target) : `which has no ${kind}`;
    if (wrong === undefined) return;
    const newest = newestVersion(home ?? group, kind, target);
    report({ object: located, pointer: '/apiVersion', found: `${apiVersion}, ${wrong}`, mend: newest && `Write ${newest}.` });
  },
};

function versionProblem(group: string, { object: { apiVersion, kind } }: Located, target: Target): string | undefined {
  const known = servicesOf(group, kind);
  if (!known || known.product === 'other') return undefined;
  return serviceProblem(known.services.get(apiVersion.slice(apiVersion.indexOf('/') + 1)), known.product, target);
}

function serviceProblem(service: Service | undefined, product: keyof typeof PRODUCTS, target: Target): string | undefined {
  const { product: name } = PRODUCTS[product];
  const version = versionOf(target, product);
  if (!service) return `which ${name} does not have`;
  if (service.until !== undefined && compareMinor(version, service.until) >= 0) return `removed in ${name} ${service.until}`;
  return service.since !== undefined && compareMinor(version, service.since) < 0 ? `which comes with ${name} ${service.since}` : undefined;
}
