/** The label that the API server puts on every Namespace and lets nobody change. */
export const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name';

/** Says that a namespace is under the platform's policies: they select by it. */
export const MANAGED_LABEL = 'platform.io/managed';

/** Says whose a namespace is. */
export const TENANT_LABEL = 'platform.io/team';

/** What `flux create tenant` puts on the namespaces that it makes. */
export const FLUX_TENANT_LABEL = 'toolkit.fluxcd.io/tenant';

/** What TenantNamespace says of the namespaces it makes: all that is in them comes from the same program. */
export const MADE_HERE: Readonly<Record<string, string>> = { 'app.kubernetes.io/managed-by': 'cdk8s-guardrails' };

/** The label that Cilium gives an endpoint for the namespace of its pod. */
export const POD_NAMESPACE_LABEL = 'k8s:io.kubernetes.pod.namespace';
