import { objectsOf } from './support';
import { KyvernoPolicy, type KyvernoPolicyProps } from '../../src/kyverno/kyverno-policy';
import { PolicyAction } from '../../src/kyverno/policy-action';
import { LabelExpression } from '../../src/values/label-expression';
import { LabelSelector } from '../../src/values/label-selector';
import { webhookProblems } from '../support/admission';

const LIMITS: KyvernoPolicyProps = {
  name: 'require-resource-limits',
  validationFailureAction: PolicyAction.ENFORCE,
  rules: [{
    name: 'check-container-limits',
    match: {
      any: [{
        resources: { kinds: ['Pod'], namespaceSelector: LabelSelector.expressions(LabelExpression.in('platform.io/managed', 'true')) },
      }],
    },
    validate: {
      message: 'All containers must have CPU and memory limits.',
      pattern: { spec: { containers: [{ '(name)': '*', 'resources': { limits: { memory: '?*', cpu: '?*' } } }] } },
    },
  }],
};

const ALERTS: KyvernoPolicyProps = {
  name: 'require-alert-team-label',
  validationFailureAction: PolicyAction.ENFORCE,
  rules: [{
    name: 'check-prometheusrule-labels',
    match: { any: [{ resources: { kinds: ['PrometheusRule'] } }] },
    validate: {
      message: 'PrometheusRule must have a \'team\' label for Alertmanager routing.',
      pattern: { metadata: { labels: { team: '?*' } } },
    },
  }],
};

const DENY: KyvernoPolicyProps = {
  name: 'generate-default-deny',
  rules: [{
    name: 'create-default-deny',
    match: { any: [{ resources: { kinds: ['Namespace'], selector: LabelSelector.labels({ 'platform.io/managed': 'true' }) } }] },
    generate: {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      name: 'default-deny-all',
      namespace: '{{request.object.metadata.name}}',
      synchronize: true,
      data: { spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } },
    },
  }],
};

/** The manifests of the articles, as data. */
const EXPECTED = [
  {
    apiVersion: 'kyverno.io/v1',
    kind: 'ClusterPolicy',
    metadata: { name: 'require-resource-limits' },
    spec: {
      validationFailureAction: 'Enforce',
      rules: [{
        name: 'check-container-limits',
        match: {
          any: [{
            resources: {
              kinds: ['Pod'],
              namespaceSelector: { matchExpressions: [{ key: 'platform.io/managed', operator: 'In', values: ['true'] }] },
            },
          }],
        },
        validate: {
          message: 'All containers must have CPU and memory limits.',
          pattern: { spec: { containers: [{ '(name)': '*', 'resources': { limits: { memory: '?*', cpu: '?*' } } }] } },
        },
      }],
    },
  },
  {
    apiVersion: 'kyverno.io/v1',
    kind: 'ClusterPolicy',
    metadata: { name: 'require-alert-team-label' },
    spec: {
      validationFailureAction: 'Enforce',
      rules: [{
        name: 'check-prometheusrule-labels',
        match: { any: [{ resources: { kinds: ['PrometheusRule'] } }] },
        validate: {
          message: 'PrometheusRule must have a \'team\' label for Alertmanager routing.',
          pattern: { metadata: { labels: { team: '?*' } } },
        },
      }],
    },
  },
  {
    apiVersion: 'kyverno.io/v1',
    kind: 'ClusterPolicy',
    metadata: { name: 'generate-default-deny' },
    spec: {
      rules: [{
        name: 'create-default-deny',
        match: { any: [{ resources: { kinds: ['Namespace'], selector: { matchLabels: { 'platform.io/managed': 'true' } } } }] },
        generate: {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          name: 'default-deny-all',
          namespace: '{{request.object.metadata.name}}',
          synchronize: true,
          data: { spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] } },
        },
      }],
    },
  },
];

describe('the policies of the articles come out of the general form, equal as data', () => {
  test.each(['1.13', '1.14', '1.15', '1.16', '1.17', '1.18', '1.19'])('for Kyverno %s', kyverno => {
    const objects = objectsOf(chart => {
      [LIMITS, ALERTS, DENY].forEach(props => new KyvernoPolicy(chart, props.name, props));
    }, { kyverno });
    expect(objects).toEqual(EXPECTED);
    expect(objects.flatMap(policy => webhookProblems(policy, kyverno))).toEqual([]);
  });

  test('but not for Kyverno 1.20, whose webhook refuses every ClusterPolicy', () => {
    expect(() => objectsOf(chart => new KyvernoPolicy(chart, 'alerts', ALERTS), { kyverno: '1.20' }))
      .toThrow(/chart\/alerts \(KyvernoPolicy\): platform: given a ClusterPolicy on platform \(Platform\) with Kyverno 1\.20.*1\.13 to 1\.19/);
  });
});

test('a chart\'s namespace stays off a ClusterPolicy', () => {
  const [policy] = objectsOf(chart => new KyvernoPolicy(chart, 'alerts', ALERTS));
  expect(policy?.metadata).not.toHaveProperty('namespace');
});
