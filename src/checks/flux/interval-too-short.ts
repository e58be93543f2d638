import { helmReleaseSpec, kustomizationSpec } from './kinds';
import { parseDuration } from '../../values/duration';
import { plainText } from '../kubernetes/text';
import type { ObjectRule } from '../rule';

const SHORTEST = 60_000;

export const intervalTooShort: ObjectRule = {
  id: 'flux/IntervalTooShort',
  severity: 'warning',
  what: 'A Kustomization or HelmRelease is to be reconciled more than once a minute.',
  why: 'Flux asks for 60 seconds at least; what is shorter only loads the API server, since a new revision is applied at once anyway.',
  mend: 'Write an interval of 1m or more, such as 10m, and a retryInterval for failures.',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#interval',
  bad: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec: { interval: 30s, prune: true, sourceRef: { kind: GitRepository, name: shop } }
`,
  good: `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: shop, namespace: flux-system }
spec: { interval: 1m, retryInterval: 30s, prune: true, sourceRef: { kind: GitRepository, name: shop } }
`,
  kinds: ['Kustomization', 'HelmRelease'],
  checkObject(object, report) {
    const interval = plainText((kustomizationSpec(object) ?? helmReleaseSpec(object))?.interval);
    const length = interval === undefined ? undefined : parseDuration(interval);
    if (length !== undefined && length < SHORTEST) report({ object, pointer: '/spec/interval', found: `an interval of ${interval}` });
  },
};
