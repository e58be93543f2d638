import { ApiObject, App, Chart } from 'cdk8s';
import { clusterOf } from 'cdk8s-guardrails/jest';
import { connectionText, titleOf } from 'cdk8s-guardrails/reach';
import * as fc from 'fast-check';
import { Allow, Cni, DefaultDeny, Platform, Port, Workload } from '../../src';

const PLACES = ['x/a', 'x/b', 'y/a', 'y/c'];
const PORTS = [Port.tcp(80), Port.udp(53), Port.tcpRange(8000, 8010), Port.named('http'), Port.allTcp()];

interface Flow {
  readonly from: string;
  readonly to: string;
  readonly ports: Port[];
}

const place = fc.constantFrom(...PLACES);
const flows = fc.uniqueArray(
  fc.record({ from: place, to: place, ports: fc.subarray(PORTS, { minLength: 1 }) }).filter(({ from, to }) => from !== to),
  { maxLength: 5, selector: ({ from, to }) => `${from} ${to}` },
);

/** What passes between the workloads of a cluster in which just these flows are allowed. */
function linesOf(cni: Cni, allowed: readonly Flow[]): string[] {
  const app = new App();
  new Platform(app, 'platform', { cni });
  const charts = new Map(['x', 'y'].map(name => [name, new Chart(app, name, { namespace: name })]));
  const workloads = new Map<string, Workload>();
  for (const [namespace, chart] of charts) {
    new ApiObject(chart, 'namespace', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, namespace: undefined } });
    new DefaultDeny(chart, 'default-deny');
  }
  for (const text of PLACES) {
    const [namespace = '', name = ''] = text.split('/');
    const chart = charts.get(namespace)!;
    new ApiObject(chart, `pod-${name}`, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, labels: { app: name } },
      spec: { containers: [{ name, ports: [{ name: 'http', containerPort: 8080 }] }] },
    });
    workloads.set(text, new Workload(chart, name, { labels: { app: name } }));
  }
  allowed.forEach(({ from, to, ports }, index) => new Allow(charts.get('x')!, `allow-${index}`, { from: workloads.get(from)!, to: workloads.get(to)!, ports }));
  return [...clusterOf(app).map([4, 6])].filter(({ from, to }) => from.type === 'workload' && to.type === 'workload')
    .map(({ from, to, connection }) => `${titleOf(from)} => ${titleOf(to)} : ${connectionText(connection)}`)
    .filter(line => !line.includes('=> kube-system/k8s-app=kube-dns[Pods]'));
}

test('Allow means the same on Kubernetes and on Cilium: what is listed, and nothing else', () => {
  fc.assert(fc.property(flows, allowed => {
    const lines = linesOf(Cni.calico(), allowed);
    expect(linesOf(Cni.cilium(), allowed)).toEqual(lines);
    expect(lines.map(line => line.slice(0, line.indexOf(' : ')))).toEqual(
      allowed.map(({ from, to }) => `${from}[Pod] => ${to}[Pod]`).sort(),
    );
  }), { numRuns: 25 });
});
