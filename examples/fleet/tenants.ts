import { type FluxCluster, RemovalPolicy, TenantNamespace, TenantSize } from 'cdk8s-guardrails';

const TENANTS = {
  identity: { team: 'identity', size: TenantSize.SMALL },
  inference: { team: 'ml', size: TenantSize.LARGE },
  infra: { team: 'platform', size: TenantSize.SMALL },
  monitoring: { team: 'platform', size: TenantSize.SMALL },
  payments: { team: 'payments', size: TenantSize.MEDIUM },
};

/** The tenants: namespace, quota, access, isolation and DNS for each. */
export function tenants(cluster: FluxCluster, environment: string): void {
  for (const [name, { team, size }] of Object.entries(TENANTS)) {
    new TenantNamespace(cluster.tenants, name, { team, size, environment, removal: RemovalPolicy.RETAIN, editors: [`oidc:${team}`] });
  }
}
