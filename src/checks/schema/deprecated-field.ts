import { versionOf } from './kind-schemas';
import { PRODUCTS } from './products';
import type { Target } from '../../target/target';
import { compareMinor } from '../../values/semver-minor';
import { step } from '../kubernetes/text';
import { isKind } from '../read';
import type { ObjectRule } from '../rule';

interface Deprecation {
  readonly product: keyof typeof PRODUCTS;
  /** By kind, with its group. */
  readonly kinds: Readonly<Record<string, string>>;
  /** The ways to the field, through lists as if they were not there. */
  readonly paths: readonly string[][];
  readonly since: string;
  /** The version that removed it, which is told by another rule. */
  readonly until?: string;
  readonly mend: string;
}

const CILIUM_POLICIES = { CiliumNetworkPolicy: 'cilium.io', CiliumClusterwideNetworkPolicy: 'cilium.io' };

function ofRules(...paths: readonly string[]): string[][] {
  return ['spec', 'specs'].flatMap(field => paths.map(path => [field, ...path.split('.')]));
}

/** Fields that go with a later version. What Kyverno has deprecated is told by the rules for Kyverno, which know what to write instead. */
const DEPRECATIONS: readonly Deprecation[] = [
  {
    product: 'cilium',
    kinds: CILIUM_POLICIES,
    paths: ofRules('ingress.fromRequires', 'ingressDeny.fromRequires', 'egress.toRequires', 'egressDeny.toRequires'),
    since: '1.17',
    until: '1.19',
    mend: 'Write the requirements into the selectors of the peers.',
  },
  {
    product: 'cilium',
    kinds: CILIUM_POLICIES,
    paths: ofRules(...['ingress', 'egress'].flatMap(direction => ['l7', 'l7proto'].map(field => `${direction}.toPorts.rules.${field}`))),
    since: '1.16',
    until: '1.20',
    mend: 'Leave it out: of L7 rules, only those for HTTP and DNS stay.',
  },
  {
    product: 'cilium',
    kinds: CILIUM_POLICIES,
    paths: ofRules('ingress.toPorts.rules.kafka', 'egress.toPorts.rules.kafka'),
    since: '1.18',
    until: '1.20',
    mend: 'Allow the port without L7 rules, and let the brokers authorize.',
  },
  {
    product: 'kubernetes',
    kinds: { Pod: '' },
    paths: [['spec', 'volumes', 'gitRepo']],
    since: '1.11',
    mend: 'Clone with an init container into an emptyDir.',
  },
  {
    product: 'kubernetes',
    kinds: { DaemonSet: 'apps', Deployment: 'apps', Job: 'batch', ReplicaSet: 'apps', StatefulSet: 'apps' },
    paths: [['spec', 'template', 'spec', 'volumes', 'gitRepo']],
    since: '1.11',
    mend: 'Clone with an init container into an emptyDir.',
  },
];

export const deprecatedField: ObjectRule = {
  id: 'schema/DeprecatedField',
  severity: 'warning',
  what: 'A field that the target still has, and a later version has no longer.',
  why: 'The upgrade that drops it makes the API server refuse the object, or leave out what was meant.',
  mend: 'Say it without the field.',
  link: 'https://docs.cilium.io/en/stable/operations/upgrade/',
  bad: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: web } }
  ingress:
    - fromRequires: [{ matchLabels: { env: prod } }]
      fromEndpoints: [{ matchLabels: { app: proxy } }]
`,
  good: `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: web, namespace: shop }
spec:
  endpointSelector: { matchLabels: { app: web } }
  ingress:
    - fromEndpoints: [{ matchLabels: { app: proxy, env: prod } }]
`,
  kinds: [...new Set(DEPRECATIONS.flatMap(({ kinds }) => Object.keys(kinds)))],
  checkObject(located, report, { target }) {
    const { kind } = located.object;
    for (const { product, kinds, paths, since, until, mend } of inForce(target)) {
      if (!Object.hasOwn(kinds, kind) || !isKind(located, kinds[kind]!, kind)) continue;
      const written = paths.filter(path => isWritten(located.object, path, 0));
      for (const pointer of written.flatMap(path => pointersTo(located.object, path))) {
        const field = pointer.slice(pointer.lastIndexOf('/') + 1);
        const removed = until === undefined ? '' : ` and removed in ${until}`;
        report({ object: located, pointer, found: `\`${field}\`, deprecated since ${PRODUCTS[product].product} ${since}${removed}`, mend });
      }
    }
  },
};

const known = new WeakMap<Target, readonly Deprecation[]>();

function inForce(target: Target): readonly Deprecation[] {
  let list = known.get(target);
  if (!list) {
    list = DEPRECATIONS.filter(({ product, since, until }) => {
      const version = versionOf(target, product);
      return compareMinor(version, since) >= 0 && (until === undefined || compareMinor(version, until) < 0);
    });
    known.set(target, list);
  }
  return list;
}

/** Whether a path may lead to something: hardly ever, so that no pointer is made to find out. */
function isWritten(value: unknown, path: readonly string[], at: number): boolean {
  if (at === path.length) return value !== undefined;
  if (Array.isArray(value)) {
    for (const item of value) if (isWritten(item, path, at)) return true;
    return false;
  }
  return typeof value === 'object' && value !== null && isWritten((value as Record<string, unknown>)[path[at]!], path, at + 1);
}

function pointersTo(value: unknown, path: readonly string[], pointer = ''): string[] {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return [];
  const [field, ...rest] = path;
  if (field === undefined) return [pointer];
  if (Array.isArray(value)) return value.flatMap((item, index) => pointersTo(item, path, `${pointer}/${index}`));
  if (typeof value !== 'object' || !Object.hasOwn(value, field)) return [];
  return pointersTo((value as Record<string, unknown>)[field], rest, `${pointer}/${step(field)}`);
}
