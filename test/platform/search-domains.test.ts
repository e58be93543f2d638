import { Chart } from 'cdk8s';
import { AllowDns, AllowFqdn, Platform, type PlatformProps, Workload } from '../../src';
import { manifests, testApp } from '../support/synth';

/** The names that a workload which may reach one host may look up. */
function lookups(platform: PlatformProps): string[] {
  const app = testApp();
  new Platform(app, 'platform', platform);
  const chart = new Chart(app, 'shop', { namespace: 'shop' });
  const api = new Workload(chart, 'api', { labels: { app: 'api' } });
  new AllowDns(chart, 'dns').exempt(api);
  new AllowFqdn(chart, 'stripe', { from: api, names: ['api.stripe.com'], restrictDns: true });
  const portRules = manifests(app).flatMap(({ spec }) => spec.egress).flatMap(({ toPorts = [] }: any) => toPorts);
  return portRules.flatMap(({ rules }: any) => rules?.dns ?? []).map(({ matchName }: any) => matchName);
}

const OWN = ['api.stripe.com', 'api.stripe.com.shop.svc.cluster.local', 'api.stripe.com.svc.cluster.local', 'api.stripe.com.cluster.local'];

test('a host may be asked for behind each search domain of the cluster, and of the nodes', () => {
  expect(lookups({})).toEqual(OWN);
  expect(lookups({ searchDomains: ['corp.example.com', 'eu.example.com'] }))
    .toEqual([...OWN, 'api.stripe.com.corp.example.com', 'api.stripe.com.eu.example.com']);
});

test('search domains are told once, in the order in which they are tried', () => {
  expect(new Platform(testApp(), 'platform', { searchDomains: ['b.example', 'a.example', 'b.example'] }).searchDomains).toEqual(['b.example', 'a.example']);
  expect(() => new Platform(testApp(), 'platform', { searchDomains: ['corp example'] })).toThrow(/platform \(Platform\): searchDomains: given "corp example"/);
});
