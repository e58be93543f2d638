import { versionOf } from './kind-schemas';
import { PRODUCTS } from './products';
import { KINDS_WITH_VERSIONS, newestVersion, servicesOf } from './served-versions';
import { compareMinor } from '../../values/semver-minor';
import { groupOf } from '../kubernetes/group';
import type { ObjectRule } from '../rule';

export const deprecatedVersion: ObjectRule = {
  id: 'schema/DeprecatedVersion',
  severity: 'warning',
  what: 'An API version that the target still serves, and will not for long.',
  why: 'The upgrade that drops it makes the API server refuse the object.',
  mend: 'Write it for the newest version that is served.',
  link: 'https://kubernetes.io/docs/reference/using-api/deprecation-policy/',
  bad: `
apiVersion: cilium.io/v2alpha1
kind: CiliumCIDRGroup
metadata: { name: offices }
spec: { externalCIDRs: [192.0.2.0/24] }
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumCIDRGroup
metadata: { name: offices }
spec: { externalCIDRs: [192.0.2.0/24] }
`,
  kinds: KINDS_WITH_VERSIONS,
  checkObject(located, report, { target }) {
    const { apiVersion, kind } = located.object;
    const group = groupOf(apiVersion);
    const known = group === undefined ? undefined : servicesOf(group, kind);
    if (!known || known.product === 'other') return;
    const { deprecated } = known.services.get(apiVersion.slice(apiVersion.indexOf('/') + 1)) ?? {};
    if (deprecated === undefined || compareMinor(versionOf(target, known.product), deprecated) < 0) return;
    const newest = newestVersion(group!, kind, target);
    report({
      object: located,
      pointer: '/apiVersion',
      found: `${apiVersion}, deprecated since ${PRODUCTS[known.product].product} ${deprecated}`,
      mend: newest && `Write ${newest}.`,
    });
  },
};
