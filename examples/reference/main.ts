import { App, Chart } from 'cdk8s';
import {
  AllowIngress, Anchor, CiliumNetworkPolicy, DefaultDeny, DenyDirection, HttpPath, HttpRule, KyvernoPolicy, LabelExpression, LabelSelector,
  NetworkPolicy, Peer, PolicyAction, PolicyType, Port, Workload,
} from 'cdk8s-guardrails';

// Policies as they are often written by hand, for those who come from such files: each is the same object, said with a construct.
// Not all of them are good: the intents of this library carry better defaults, and `examples/payments` shows them.
const app = new App();

const network = new Chart(app, 'network-policies');

new DefaultDeny(network, 'payments', { namespace: 'payments', name: 'default-deny-all', dns: false });

const api = new Workload(network, 'payments-api', { namespace: 'payments', labels: { app: 'payments-api' } });

new AllowIngress(network, 'gateway', {
  name: 'allow-gateway-ingress',
  to: api,
  from: [Peer.pods({ 'app.kubernetes.io/name': 'envoy' }, { namespace: 'infra' })],
  ports: [Port.all()],
});

new NetworkPolicy(network, 'identity', {
  name: 'allow-egress-to-identity',
  namespace: 'payments',
  podSelector: LabelSelector.labels({ app: 'payments-api' }),
  policyTypes: [PolicyType.EGRESS],
  egress: [
    { to: [Peer.namespace('identity')], ports: [Port.tcp(8080)] },
    // Any pod of the cluster may answer on UDP 53, and large answers, which come over TCP, are lost: AllowDns does better.
    { to: [Peer.anyNamespace()], ports: [Port.udp(53)] },
  ],
});

new DefaultDeny(network, 'production', { namespace: 'production', direction: DenyDirection.INGRESS });

new NetworkPolicy(network, 'dns', {
  name: 'allow-dns-egress',
  namespace: 'default',
  podSelector: LabelSelector.all(),
  policyTypes: [PolicyType.EGRESS],
  egress: [{ to: [Peer.namespace('kube-system')], ports: [Port.udp(53)] }],
});

new NetworkPolicy(network, 'vllm', {
  name: 'vllm-ingress',
  namespace: 'inference',
  podSelector: LabelSelector.labels({ app: 'vllm' }),
  policyTypes: [PolicyType.INGRESS],
  // Whoever may label a namespace `name: ingress` comes in: Peer.pods with a namespace by name does better.
  ingress: [{ from: [Peer.pods({ app: 'envoy-gateway' }, { namespaceLabels: { name: 'ingress' } })], ports: [Port.tcp(8000)] }],
});

new NetworkPolicy(network, 'payments-api-allow', {
  name: 'payments-api-allow',
  namespace: 'production',
  podSelector: LabelSelector.labels({ app: 'payments-api' }),
  policyTypes: [PolicyType.INGRESS, PolicyType.EGRESS],
  ingress: [{ from: [Peer.pods({ app: 'nginx-ingress' })], ports: [Port.tcp(8080)] }],
  egress: [
    { to: [Peer.pods({ app: 'postgres' })], ports: [Port.tcp(5432)] },
    { ports: [Port.udp(53), Port.tcp(53)] },
  ],
});

const cilium = new Chart(app, 'cilium-policies');

new CiliumNetworkPolicy(cilium, 'payments-api', {
  name: 'payments-api-l7',
  namespace: 'payments',
  endpointSelector: LabelSelector.labels({ app: 'payments-api' }),
  ingress: [{
    from: [Peer.pods({ app: 'payments-frontend' })],
    toPorts: [{
      ports: [Port.tcp(8080)],
      // The first matches `/api/v1/` and nothing below it, since the whole target is compared: HttpPath.prefix('/api/v1') does better.
      http: [HttpRule.get(HttpPath.raw('^/api/v1/')), HttpRule.post(HttpPath.raw('^/api/v1/payments$'))],
    }],
  }],
});

new CiliumNetworkPolicy(cilium, 'get-only', {
  name: 'allow-get-only',
  namespace: 'default',
  endpointSelector: LabelSelector.labels({ app: 'my-api' }),
  ingress: [{ toPorts: [{ ports: [Port.tcp(8080)], http: [HttpRule.of({ methods: ['GET'] })] }] }],
});

const kyverno = new Chart(app, 'kyverno-policies');

new KyvernoPolicy(kyverno, 'limits', {
  name: 'require-resource-limits',
  validationFailureAction: PolicyAction.ENFORCE,
  rules: [{
    name: 'check-container-limits',
    match: {
      any: [{
        resources: {
          kinds: ['Pod'],
          namespaceSelector: LabelSelector.expressions(LabelExpression.in('platform.io/managed', 'true')),
        },
      }],
    },
    validate: {
      message: 'All containers must have CPU and memory limits.',
      // Init containers pass without limits here: KyvernoRequireLimits does better.
      pattern: { spec: { containers: [{ [Anchor.when('name')]: '*', resources: { limits: { memory: '?*', cpu: '?*' } } }] } },
    },
  }],
});

new KyvernoPolicy(kyverno, 'alerts', {
  name: 'require-alert-team-label',
  validationFailureAction: PolicyAction.ENFORCE,
  rules: [{
    name: 'check-prometheusrule-labels',
    match: { any: [{ resources: { kinds: ['PrometheusRule'] } }] },
    validate: {
      message: "PrometheusRule must have a 'team' label for Alertmanager routing.",
      pattern: { metadata: { labels: { team: '?*' } } },
    },
  }],
});

new KyvernoPolicy(kyverno, 'default-deny', {
  name: 'generate-default-deny',
  rules: [{
    name: 'create-default-deny',
    match: {
      any: [{ resources: { kinds: ['Namespace'], selector: LabelSelector.labels({ 'platform.io/managed': 'true' }) } }],
    },
    // Without DNS this takes a namespace down: KyvernoGenerateDefaultDeny does better.
    generate: {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      name: 'default-deny-all',
      namespace: '{{request.object.metadata.name}}',
      synchronize: true,
      data: { spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } },
    },
  }],
});

app.synth();
