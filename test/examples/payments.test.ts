import { check } from '../../src/checks/check';
import { findingLine } from '../../src/checks/finding-line';
import { targetOf } from '../../src/target/target-of';
import { Admission, webhookProblems } from '../support/admission';
import { synthExample } from '../support/example';
import { podSecurityProblems } from '../support/pod-security';
import { quotaProblems } from '../support/quota';
import { namespace, pod, Reach } from '../support/reach';

const objects = synthExample('payments');
const outside = [
  namespace('kube-system'), namespace('shop'),
  pod('kube-system', { 'k8s-app': 'kube-dns' }, { name: 'coredns' }),
  pod('shop', { 'app.kubernetes.io/name': 'payments-frontend' }, { name: 'impostor' }),
];
const reach = new Reach([...objects, ...outside]);
const namespaces = ['identity', 'inference', 'infra', 'monitoring', 'payments'];

describe('examples/payments, who can talk to whom', () => {
  test('pods open exactly the connections that the program lists, and DNS', () => {
    const ports = [53, 443, 5432, 8000, 8080, 9090, 9100, 10443, 19001].map(port => ({ port }));
    const flows = reach.flows(ports).filter(flow => namespaces.some(name => flow.startsWith(`${name}/`)));
    const dns = (flow: string) => flow.endsWith('kube-system/coredns TCP/53');
    expect(flows.filter(dns)).toHaveLength(7);
    expect(flows.filter(flow => !dns(flow))).toEqual([
      'infra/envoy -> payments/payments-frontend TCP/8080',
      'monitoring/prometheus -> identity/identity-api TCP/9090',
      'monitoring/prometheus -> infra/envoy TCP/19001',
      'monitoring/prometheus -> payments/payments-api TCP/9090',
      'monitoring/prometheus -> payments/payments-frontend TCP/9090',
      'payments/payments-api -> identity/identity-api TCP/8080',
      'payments/payments-api -> inference/vllm TCP/8000',
      'payments/payments-api -> payments/postgres TCP/5432',
      'payments/payments-frontend -> inference/vllm TCP/8000',
      'payments/payments-frontend -> payments/payments-api TCP/8080',
    ]);
  });

  test.each([
    ['GET', '/api/v1', true],
    ['GET', '/api/v1/payments/17?expand=lines', true],
    ['POST', '/api/v1/payments', true],
    ['POST', '/api/v1/refunds', false],
    ['DELETE', '/api/v1/payments/17', false],
    ['GET', '/api/v10', false],
    ['GET', '/api/v1/../admin', false],
    ['GET', '/', false],
  ])('the frontend may %s %s at the API: %s', (method, path, allowed) => {
    expect(reach.allows({ from: 'payments/payments-frontend', to: 'payments/payments-api', port: 8080, http: { method, path } })).toBe(allowed);
  });

  test.each([
    ['POST', '/v1/chat/completions', true],
    ['GET', '/v1/models', true],
    ['GET', '/v1/models/llama', false],
    ['POST', '/v1/embeddings', false],
    ['GET', '/metrics', false],
  ])('a tenant may %s %s at the LLM server: %s', (method, path, allowed) => {
    expect(reach.allows({ from: 'payments/payments-api', to: 'inference/vllm', port: 8000, http: { method, path } })).toBe(allowed);
  });

  test('only the API reaches Stripe, on 443, and no other host', () => {
    expect(reach.allows({ from: 'payments/payments-api', to: 'fqdn:api.stripe.com', port: 443 })).toBe(true);
    expect(reach.allows({ from: 'payments/payments-api', to: 'fqdn:api.stripe.com', port: 80 })).toBe(false);
    expect(reach.allows({ from: 'payments/payments-api', to: 'fqdn:files.stripe.com', port: 443 })).toBe(false);
    expect(reach.allows({ from: 'payments/payments-frontend', to: 'fqdn:api.stripe.com', port: 443 })).toBe(false);
  });

  test('the world reaches the gateway on 10443 and nothing else', () => {
    expect(reach.allows({ from: 'ip:203.0.113.7', to: 'infra/envoy', port: 10443 })).toBe(true);
    expect(reach.allows({ from: 'ip:203.0.113.7', to: 'infra/envoy', port: 19001 })).toBe(false);
    expect(reach.allows({ from: 'ip:203.0.113.7', to: 'payments/payments-frontend', port: 8080 })).toBe(false);
  });

  test('the same labels in another namespace open nothing', () => {
    expect(reach.allows({ from: 'shop/impostor', to: 'payments/payments-api', port: 8080, http: { method: 'GET', path: '/api/v1' } })).toBe(false);
  });

  test('no tenant reaches the metadata service', () => {
    expect(reach.allows({ from: 'payments/payments-api', to: 'ip:169.254.169.254', port: 80 })).toBe(false);
  });

  test('only Prometheus reaches the API server', () => {
    expect(reach.allows({ from: 'monitoring/prometheus', to: 'entity:kube-apiserver', port: 6443 })).toBe(true);
    expect(reach.allows({ from: 'payments/payments-api', to: 'entity:kube-apiserver', port: 6443 })).toBe(false);
  });
});

test('the checks find nothing to mend in examples/payments', () => {
  const located = objects.map(object => ({ object, source: { file: 'dist' } }));
  expect(check(located, targetOf()).filter(({ severity }) => severity !== 'info').map(findingLine)).toEqual([]);
});

describe('examples/payments, its own workloads', () => {
  const workloads = objects.filter(({ kind }) => kind === 'Deployment');
  const admission = new Admission(objects.filter(({ kind }) => kind === 'ClusterPolicy'), { namespaces: objects.filter(({ kind }) => kind === 'Namespace') });

  test.each(workloads.map(workload => [workload.metadata.name, workload] as const))('%s passes the restricted Pod Security level', (_, workload) => {
    expect(podSecurityProblems(workload.spec.template.spec, 'restricted')).toEqual([]);
  });

  test.each(namespaces)('%s fits its quota', name => {
    expect(quotaProblems(objects, name)).toEqual([]);
  });

  test('Kyverno takes every policy and every object', () => {
    expect(objects.filter(({ kind }) => kind === 'ClusterPolicy').flatMap(policy => webhookProblems(policy))).toEqual([]);
    expect(objects.filter(({ kind }) => kind !== 'ClusterPolicy').flatMap(object => admission.review({ object }).denied)).toEqual([]);
  });

  test('Kyverno refuses an alert without a team, and a workload without limits', () => {
    const rule = objects.find(({ kind }) => kind === 'PrometheusRule')!;
    expect(admission.allows({ object: { ...rule, metadata: { ...rule.metadata, labels: {} } } })).toBe(false);
    const workload = structuredClone(workloads[0]!);
    delete workload.spec.template.spec.containers[0].resources.limits;
    expect(admission.allows({ object: workload })).toBe(false);
  });

  test('a managed namespace that is not in Git is isolated, with DNS', () => {
    const { generated } = admission.review({ object: namespace('new', { 'platform.io/managed': 'true' }) });
    const probe = pod('new', { app: 'x' });
    const isolated = new Reach([...generated, namespace('new'), probe, ...outside], { dataplane: 'cilium' });
    expect(isolated.flows([{ port: 53 }, { port: 80 }]).filter(flow => flow.startsWith('new/'))).toEqual(['new/probe -> kube-system/coredns TCP/53']);
  });

  test.each(namespaces)('%s, which is in Git, gets nothing from Kyverno beside that', name => {
    const object = objects.find(({ kind, metadata }) => kind === 'Namespace' && metadata.name === name);
    expect(admission.review({ object }).generated).toEqual([]);
  });
});
