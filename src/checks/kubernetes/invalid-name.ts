import { groupOf } from './group';
import { scopeOf } from './scope';
import { plainText } from './text';
import type { Manifest } from '../../manifests/manifest';
import type { Target } from '../../target/target';
import { dnsLabelProblem, dnsSubdomainProblem } from '../../values/names';
import { Problem, problem } from '../../values/problem';
import { compareMinor } from '../../values/semver-minor';
import { asObject } from '../read';
import type { ObjectRule } from '../rule';

export const invalidName: ObjectRule = {
  id: 'kubernetes/InvalidName',
  severity: 'error',
  what: 'A name or namespace has characters or a length that its kind does not take.',
  why: 'The API server refuses the object.',
  mend: 'Use lower-case letters, digits and \'-\', beginning and ending with a letter or digit.',
  link: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#names',
  bad: `
apiVersion: v1
kind: ConfigMap
metadata: { name: Web_Settings, namespace: shop }
`,
  good: `
apiVersion: v1
kind: ConfigMap
metadata: { name: web-settings.v2, namespace: shop }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: "system:Web_Reader", namespace: shop }
rules: []
`,
  checkObject(located, report, { target }) {
    const { object } = located;
    if (!scopeOf(object)) return;
    const metadata = asObject(object.metadata);
    const name = plainText(metadata?.name);
    const wrong = name === undefined || name === '' ? undefined : nameProblem(object, name, target);
    if (wrong) {
      report({
        object: located,
        pointer: '/metadata/name',
        found: `the name ${wrong.given}; allowed: ${wrong.allowed}`,
        mend: wrong.mend,
      });
    }
    const namespace = plainText(metadata?.namespace);
    const misplaced = namespace === undefined || namespace === '' ? undefined : dnsLabelProblem(namespace);
    if (misplaced && scopeOf(object) === 'namespaced') {
      report({
        object: located,
        pointer: '/metadata/namespace',
        found: `the namespace ${misplaced.given}; allowed: ${misplaced.allowed}`,
        mend: misplaced.mend,
      });
    }
  },
};

/** The groups and kinds whose names are only looked at as a part of a path. */
const PATH_SEGMENTS = ['rbac.authorization.k8s.io', 'apiregistration.k8s.io', 'certificates.k8s.io'];

function nameProblem({ apiVersion, kind }: Manifest, name: string, target: Target): Problem | undefined {
  const group = groupOf(apiVersion);
  if (PATH_SEGMENTS.includes(group ?? '')) return pathSegmentProblem(name);
  // IPv6 addresses are names there, and events are named after the clock.
  if (kind === 'IPAddress' || kind === 'Event') return undefined;
  if (group === '' && kind === 'Namespace') return dnsLabelProblem(name);
  if (group === '' && kind === 'Service') return serviceNameProblem(name, target);
  // The controller adds eleven characters to name the jobs.
  if (kind === 'CronJob' && group === 'batch' && name.length > 52) {
    return problem(name, 'at most 52 characters', 'Shorten it to 52 characters.');
  }
  return dnsSubdomainProblem(name);
}

function serviceNameProblem(name: string, target: Target): Problem | undefined {
  const wrong = dnsLabelProblem(name);
  // Names that begin with a digit are being let in by a feature gate since 1.34.
  if (wrong || /^[a-z]/.test(name) || compareMinor(target.kubernetes, '1.34') >= 0) return wrong;
  return problem(name, 'lower-case letters, digits and \'-\', beginning with a letter', 'Put a letter before the digit.');
}

function pathSegmentProblem(name: string): Problem | undefined {
  const isPath = name !== '.' && name !== '..' && !name.includes('/') && !name.includes('%');
  return isPath ? undefined : problem(name, 'anything but . and .., without / and %', 'Use \'-\' or \':\' instead.');
}
