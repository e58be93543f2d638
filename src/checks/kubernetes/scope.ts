import { groupOf } from './group';

/** Whether objects of a kind live in a namespace. */
export type Scope = 'namespaced' | 'cluster';

interface Kinds {
  readonly namespaced?: string;
  readonly cluster?: string;
}

/**
 * The kinds of Kubernetes 1.28 to 1.36 and of the operators that policies go with, by API group.
 * What is not here is not judged: it may be of a CRD that nobody knows, or no object of a cluster at all.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
const KINDS: Record<string, Kinds> = {
  '': {
    namespaced: 'ConfigMap Endpoints Event LimitRange PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount',
    cluster: 'Namespace Node PersistentVolume',
  },
  'apps': { namespaced: 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet' },
  'batch': { namespaced: 'CronJob Job' },
  'autoscaling': { namespaced: 'HorizontalPodAutoscaler' },
  'policy': { namespaced: 'PodDisruptionBudget', cluster: 'PodSecurityPolicy' },
  'networking.k8s.io': { namespaced: 'Ingress NetworkPolicy', cluster: 'IngressClass IPAddress ServiceCIDR' },
  'rbac.authorization.k8s.io': { namespaced: 'Role RoleBinding', cluster: 'ClusterRole ClusterRoleBinding' },
  'discovery.k8s.io': { namespaced: 'EndpointSlice' },
  'coordination.k8s.io': { namespaced: 'Lease' },
  'storage.k8s.io': { namespaced: 'CSIStorageCapacity', cluster: 'CSIDriver CSINode StorageClass VolumeAttachment VolumeAttributesClass' },
  'scheduling.k8s.io': { cluster: 'PriorityClass' },
  'node.k8s.io': { cluster: 'RuntimeClass' },
  'apiextensions.k8s.io': { cluster: 'CustomResourceDefinition' },
  'apiregistration.k8s.io': { cluster: 'APIService' },
  'admissionregistration.k8s.io': {
    cluster: 'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration '
      + 'ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration',
  },
  'flowcontrol.apiserver.k8s.io': { cluster: 'FlowSchema PriorityLevelConfiguration' },
  'resource.k8s.io': { namespaced: 'ResourceClaim ResourceClaimTemplate', cluster: 'DeviceClass ResourceSlice' },
  'gateway.networking.k8s.io': {
    namespaced: 'BackendTLSPolicy Gateway GRPCRoute HTTPRoute ReferenceGrant TCPRoute TLSRoute UDPRoute', cluster: 'GatewayClass',
  },
  'policy.networking.k8s.io': { cluster: 'AdminNetworkPolicy BaselineAdminNetworkPolicy ClusterNetworkPolicy' },
  'cilium.io': {
    namespaced: 'CiliumEndpoint CiliumEnvoyConfig CiliumGatewayClassConfig CiliumLocalRedirectPolicy CiliumNetworkPolicy CiliumNodeConfig',
    cluster: 'CiliumBGPAdvertisement CiliumBGPClusterConfig CiliumBGPNodeConfigOverride CiliumBGPPeerConfig CiliumCIDRGroup '
      + 'CiliumClusterwideEnvoyConfig CiliumClusterwideNetworkPolicy CiliumEgressGatewayPolicy CiliumIdentity '
      + 'CiliumL2AnnouncementPolicy CiliumLoadBalancerIPPool CiliumNode CiliumPodIPPool',
  },
  'kyverno.io': {
    namespaced: 'CleanupPolicy Policy PolicyException UpdateRequest', cluster: 'ClusterCleanupPolicy ClusterPolicy GlobalContextEntry',
  },
  'policies.kyverno.io': {
    namespaced: 'NamespacedDeletingPolicy NamespacedGeneratingPolicy NamespacedImageValidatingPolicy NamespacedMutatingPolicy '
      + 'NamespacedValidatingPolicy PolicyException',
    cluster: 'DeletingPolicy GeneratingPolicy ImageValidatingPolicy MutatingPolicy ValidatingPolicy',
  },
  'wgpolicyk8s.io': { namespaced: 'PolicyReport', cluster: 'ClusterPolicyReport' },
  'kustomize.toolkit.fluxcd.io': { namespaced: 'Kustomization' },
  'source.toolkit.fluxcd.io': { namespaced: 'Bucket ExternalArtifact GitRepository HelmChart HelmRepository OCIRepository' },
  'helm.toolkit.fluxcd.io': { namespaced: 'HelmRelease' },
  'notification.toolkit.fluxcd.io': { namespaced: 'Alert Provider Receiver' },
  'image.toolkit.fluxcd.io': { namespaced: 'ImagePolicy ImageRepository ImageUpdateAutomation' },
  'source.extensions.fluxcd.io': { namespaced: 'ArtifactGenerator' },
  'fluxcd.controlplane.io': { namespaced: 'FluxInstance FluxReport ResourceSet ResourceSetInputProvider' },
  'monitoring.coreos.com': {
    namespaced: 'Alertmanager AlertmanagerConfig PodMonitor Probe Prometheus PrometheusAgent PrometheusRule ScrapeConfig ServiceMonitor ThanosRuler',
  },
  'cert-manager.io': { namespaced: 'Certificate CertificateRequest Issuer', cluster: 'ClusterIssuer' },
  'external-secrets.io': { namespaced: 'ExternalSecret PushSecret SecretStore', cluster: 'ClusterExternalSecret ClusterSecretStore' },
};

const SCOPES = new Map<string, Map<string, Scope>>();
for (const [group, { namespaced, cluster }] of Object.entries(KINDS)) {
  for (const kind of words(namespaced)) remember(kind, group, 'namespaced');
  for (const kind of words(cluster)) remember(kind, group, 'cluster');
}

/** The scope of a kind, where the kind is known. Asked of every object several times, so it makes no text to look up. */
export function scopeOf({ apiVersion, kind }: { readonly apiVersion?: unknown; readonly kind?: unknown }): Scope | undefined {
  const groups = SCOPES.get(kind as string);
  const group = groups && groupOf(apiVersion);
  return group === undefined ? undefined : groups?.get(group);
}

function remember(kind: string, group: string, scope: Scope): void {
  const groups = SCOPES.get(kind) ?? new Map<string, Scope>();
  groups.set(group, scope);
  SCOPES.set(kind, groups);
}

function words(text = ''): string[] {
  return text.split(' ').filter(word => word !== '');
}
