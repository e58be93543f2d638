import 'cdk8s-guardrails/jest';
import { Cluster } from 'cdk8s-guardrails/reach';
import { synthExample } from '../support/example';
import { namespace, pod } from '../support/reach';

// What runs in the cluster and comes from elsewhere.
const others = [namespace('kube-system'), pod('kube-system', { 'k8s-app': 'kube-dns' }, { name: 'coredns' })];
const cluster = Cluster.fromManifests([...synthExample('payments'), ...others]);

const DNS = { 'kube-system/coredns': ['53/udp', '53/tcp'] };

test('the world comes in through the gateway, to the frontend and no further', () => {
  expect(cluster).toAllow({ from: 'infra/envoy', to: 'payments/payments-frontend', port: 'http' });
  expect(cluster).toDeny({ from: 'infra/envoy', to: 'payments/payments-api', port: 'http' });
  expect(cluster).toDeny({ from: 'world', to: 'payments/*', port: 8080 });
});

test('the frontend calls the API, the LLM server and DNS', () => {
  expect(cluster).toReachOnly({
    from: 'payments/payments-frontend',
    to: { ...DNS, 'payments/payments-api': 8080, 'inference/vllm': 8000 },
  });
});

test('the API calls its database, identity, the LLM server, Stripe and DNS', () => {
  expect(cluster).toReachOnly({
    from: 'payments/payments-api',
    to: { ...DNS, 'payments/postgres': 5432, 'identity/identity-api': 8080, 'inference/vllm': 8000, 'api.stripe.com': 443 },
  });
});

test('the database is called by the API alone', () => {
  expect(cluster).toReachOnly({ to: 'payments/postgres', from: { 'payments/payments-api': 5432 } });
});

test('the API takes what the frontend has to ask for, and nothing else', () => {
  const frontend = { from: 'payments/payments-frontend', to: 'payments/payments-api', port: 8080 };
  expect(cluster).toAllow({ ...frontend, http: { method: 'GET', path: '/api/v1/payments/17?expand=lines' } });
  expect(cluster).toAllow({ ...frontend, http: { method: 'POST', path: '/api/v1/payments' } });
  expect(cluster).toDeny({ ...frontend, http: { method: 'DELETE', path: '/api/v1/payments/17' } });
  expect(cluster).toDeny({ ...frontend, http: { path: '/api/v1/../admin' } });
});

test('nobody reaches the address that hands out the credentials of the node', () => {
  for (const from of ['payments/*', 'identity/*', 'inference/*', 'infra/*', 'monitoring/*']) {
    expect(cluster).toDeny({ from, to: '169.254.169.254', port: 80 });
  }
});
