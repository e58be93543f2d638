import { saidDeep, type Values } from './chart-values';
import type { KyvernoInstallProps } from './kyverno-install-props';

/** Who says what is at a path of the values. */
export const KYVERNO_OWNED: Readonly<Record<string, string>> = {
  'admissionController.container.resources.limits.memory': '`admissionMemoryLimit`',
  'admissionController.replicas': '`replicas.admission`',
  'backgroundController.replicas': '`replicas.background`',
  'cleanupController.replicas': '`replicas.cleanup`',
  'config.webhooks': '`excludeNamespaces`',
  'features.backgroundScan.backgroundScanInterval': '`features.backgroundScanInterval`',
  'features.excludeBootstrapResources': '`features.excludeBootstrapResources`',
  'features.forceFailurePolicyIgnore': '`features.failOpen`',
  'features.generateValidatingAdmissionPolicy': '`features.validatingAdmissionPolicies`',
  'features.policyExceptions': '`features.policyExceptionsNamespace`',
  'features.protectManagedResources': '`features.protectManagedResources`',
  'fullnameOverride': 'the release, which is called kyverno,',
  'namespaceOverride': '`namespace`',
  'reportsController.replicas': '`replicas.reports`',
};

/**
 * The values of the chart.
 *
 * @see https://github.com/kyverno/kyverno/tree/main/charts/kyverno
 */
export function kyvernoValues({ replicas = {}, features = {}, excludeNamespaces = [], admissionMemoryLimit }: KyvernoInstallProps): Values {
  return saidDeep({
    admissionController: {
      replicas: replicas.admission ?? 3,
      container: { resources: { limits: { memory: admissionMemoryLimit } } },
    },
    backgroundController: { replicas: replicas.background ?? 2 },
    cleanupController: { replicas: replicas.cleanup ?? 2 },
    config: { webhooks: { namespaceSelector: excludeNamespaces.length > 0 ? allBut(excludeNamespaces) : undefined } },
    features: {
      backgroundScan: { backgroundScanInterval: features.backgroundScanInterval },
      excludeBootstrapResources: flag(features.excludeBootstrapResources),
      forceFailurePolicyIgnore: flag(features.failOpen),
      generateValidatingAdmissionPolicy: flag(features.validatingAdmissionPolicies),
      policyExceptions: features.policyExceptionsNamespace === undefined
        ? undefined
        : { enabled: true, namespace: features.policyExceptionsNamespace },
      protectManagedResources: flag(features.protectManagedResources),
    },
    reportsController: { replicas: replicas.reports ?? 2 },
  });
}

/** The chart adds Kyverno's own namespace; kube-system is its default, which a selector of ours takes the place of. */
function allBut(namespaces: readonly string[]): Values {
  const values = [...new Set(['kube-system', ...namespaces])].sort();
  return { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values }] };
}

function flag(enabled: boolean | undefined): Values | undefined {
  return enabled === undefined ? undefined : { enabled };
}
