import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { App, Chart } from 'cdk8s';
import { DefaultDeny, LabelSelector, NetworkPolicy, Peer, PolicyType, Port, Workload } from 'cdk8s-guardrails';
import { check } from 'cdk8s-guardrails/check';
import { Cluster } from 'cdk8s-guardrails/reach';
import { Deployment } from 'cdk8s-plus-28';
import { parseAllDocuments } from 'yaml';

interface Policy {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: object;
}

const app = new App();
const chart = new Chart(app, 'payments', { namespace: 'payments' });

new DefaultDeny(chart, 'deny');

new NetworkPolicy(chart, 'postgres', {
  name: 'postgres',
  podSelector: LabelSelector.labels({ app: 'postgres' }),
  policyTypes: [PolicyType.INGRESS],
  ingress: [{ from: [Peer.pods({ app: 'payments-api' })], ports: [Port.tcp(5432)] }],
});

const web = new Deployment(chart, 'Web', { containers: [{ image: 'registry.example/web:1' }] });
web.podMetadata.addLabel('app', 'payments-frontend');
const api = new Workload(chart, 'api', { labels: { app: 'payments-api' } });
api.allowFrom(Workload.of(web), Port.tcp(8080));

const objects = parseAllDocuments(app.synthYaml()).map((document) => document.toJS() as Policy);
const policies = new Map(objects.filter(({ kind }) => kind === 'NetworkPolicy').map((policy) => [policy.metadata.name, policy]));

assert.deepEqual([...policies.keys()], ['default-deny', 'allow-dns', 'postgres', 'allow-web-to-api-egress', 'allow-web-to-api-ingress']);
for (const policy of policies.values()) {
  assert.equal(policy.metadata.namespace, 'payments', `namespace of ${policy.metadata.name}`);
}
assert.deepEqual(policies.get('default-deny')?.spec, { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });
assert.deepEqual(policies.get('postgres')?.spec, {
  podSelector: { matchLabels: { app: 'postgres' } },
  policyTypes: ['Ingress'],
  ingress: [{
    from: [{ podSelector: { matchLabels: { app: 'payments-api' } } }],
    ports: [{ protocol: 'TCP', port: 5432 }],
  }],
});
const cluster = Cluster.fromManifests(objects);
assert.equal(cluster.query({ from: 'payments/app=payments-frontend', to: 'kube-apiserver', port: 443 }).egress.verdict, 'denied');
assert.deepEqual(check(objects).filter(({ severity }) => severity === 'error'), []);

const piped = (input: string) => spawnSync('npx', ['guardrails', 'check', '-'], { input, encoding: 'utf8' }).status;
assert.equal(piped(app.synthYaml()), 0, 'of what was written');
assert.equal(piped(''), 2, 'of a template that failed');

console.log(`The packed library wrote ${[...policies.keys()].join(', ')}.`);
