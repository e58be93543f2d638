import { helmReleaseSpec, SOURCE } from './kinds';
import { displayName } from '../../manifests/identity';
import { word } from '../../manifests/word';
import { plainText } from '../kubernetes/text';
import { namespaceOf } from '../kubernetes/workloads';
import { asObject, isKind } from '../read';
import type { SetRule } from '../rule';

const LAYER = 'application/vnd.cncf.helm.chart.content.v1.tar+gzip';

export const chartLayer: SetRule = {
  id: 'flux/ChartLayer',
  severity: 'warning',
  what: 'A HelmRelease takes its chart from an OCIRepository that does not copy the layer of the chart.',
  why: 'The layer is unpacked, and Helm finds no chart in it.',
  mend: `Write layerSelector: { mediaType: ${LAYER}, operation: copy } in the OCIRepository.`,
  link: 'https://fluxcd.io/flux/components/source/ocirepositories/#layer-selector',
  bad: `
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: shop, namespace: shop }
spec: { interval: 10m, url: "oci://example.com/charts/shop", ref: { tag: 1.0.0 } }
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: shop, namespace: shop }
spec: { interval: 10m, chartRef: { kind: OCIRepository, name: shop }, upgrade: { crds: CreateReplace } }
`,
  good: `
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: shop, namespace: shop }
spec:
  interval: 10m
  url: "oci://example.com/charts/shop"
  ref: { tag: 1.0.0 }
  layerSelector: { mediaType: application/vnd.cncf.helm.chart.content.v1.tar+gzip, operation: copy }
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: shop, namespace: shop }
spec: { interval: 10m, chartRef: { kind: OCIRepository, name: shop }, upgrade: { crds: CreateReplace } }
`,
  *checkSet(context) {
    const sources = new Map(context.ofKind('OCIRepository').filter(located => isKind(located, SOURCE, 'OCIRepository'))
      .map(located => [`${namespaceOf(located)}/${word(asObject(located.object.metadata)?.name)}`, located]));
    for (const object of sources.size === 0 ? [] : context.ofKind('HelmRelease')) {
      const chartRef = asObject(helmReleaseSpec(object)?.chartRef);
      const name = plainText(chartRef?.name);
      if (chartRef?.kind !== 'OCIRepository' || name === undefined) continue;
      const source = sources.get(`${plainText(chartRef.namespace) ?? namespaceOf(object)}/${name}`);
      const layer = asObject(asObject(source?.object.spec)?.layerSelector);
      if (source && layer?.operation !== 'copy') {
        yield { object, pointer: '/spec/chartRef', found: `${displayName(source.object)}, which unpacks the layer of the chart` };
      }
    }
  },
};
