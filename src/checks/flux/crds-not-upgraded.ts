import { helmReleaseSpec } from './kinds';
import { asObject } from '../read';
import type { ObjectRule } from '../rule';

export const crdsNotUpgraded: ObjectRule = {
  id: 'flux/CrdsNotUpgraded',
  severity: 'info',
  what: 'A HelmRelease does not say what becomes of CRDs when the chart is upgraded.',
  why: 'They are skipped by default, and the new version runs with the CRDs of the first one.',
  mend: 'Write spec.upgrade.crds: CreateReplace, or Skip where the CRDs come from elsewhere.',
  link: 'https://fluxcd.io/flux/components/helm/helmreleases/#controlling-the-lifecycle-of-custom-resource-definitions',
  bad: `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: kyverno, namespace: kyverno }
spec: { interval: 10m, chartRef: { kind: HelmChart, name: kyverno } }
`,
  good: `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: kyverno, namespace: kyverno }
spec: { interval: 10m, chartRef: { kind: HelmChart, name: kyverno }, upgrade: { crds: CreateReplace } }
`,
  kinds: ['HelmRelease'],
  checkObject(object, report) {
    const spec = helmReleaseSpec(object);
    if (spec && asObject(spec.upgrade)?.crds === undefined) report({ object, pointer: '/spec', found: 'no upgrade.crds, which means Skip' });
  },
};
