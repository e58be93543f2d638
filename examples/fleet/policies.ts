import {
  ClusterBaseline, type FluxCluster, KyvernoGenerateDefaultDeny, KyvernoRequireLabels, KyvernoRequireLimits, PolicyAction, TenantRole,
} from 'cdk8s-guardrails';

/** What holds in the whole cluster. */
export function policies({ policies: stage }: FluxCluster): void {
  new TenantRole(stage, 'tenant-role');
  new ClusterBaseline(stage, 'baseline');
  new KyvernoRequireLimits(stage, 'limits', { action: PolicyAction.ENFORCE });
  new KyvernoRequireLabels(stage, 'alerts', {
    action: PolicyAction.ENFORCE, kinds: ['monitoring.coreos.com/v1/PrometheusRule'], labels: ['team'],
  });
  new KyvernoGenerateDefaultDeny(stage, 'default-deny', { generateExisting: true });
}
