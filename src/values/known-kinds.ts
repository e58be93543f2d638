import { editDistance } from './edit-distance';

/** A kind that a group serves. */
export interface KnownKind {
  readonly group: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** The kinds of Kubernetes and of the projects that policies speak of most, by group. */
const CATALOG: Record<string, { readonly namespaced?: string; readonly cluster?: string }> = {
  '': {
    namespaced: 'Binding ConfigMap Endpoints Event LimitRange PersistentVolumeClaim Pod PodAttachOptions PodExecOptions PodPortForwardOptions '
      + 'PodProxyOptions PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount ServiceProxyOptions',
    cluster: 'ComponentStatus Namespace Node NodeProxyOptions PersistentVolume',
  },
  'admissionregistration.k8s.io': {
    cluster: 'MutatingAdmissionPolicy MutatingAdmissionPolicyBinding MutatingWebhookConfiguration ValidatingAdmissionPolicy '
      + 'ValidatingAdmissionPolicyBinding ValidatingWebhookConfiguration',
  },
  'apiextensions.k8s.io': { cluster: 'CustomResourceDefinition' },
  'apiregistration.k8s.io': { cluster: 'APIService' },
  'apps': { namespaced: 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet' },
  'authentication.k8s.io': { namespaced: 'TokenRequest', cluster: 'SelfSubjectReview TokenReview' },
  'authorization.k8s.io': {
    namespaced: 'LocalSubjectAccessReview', cluster: 'SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview',
  },
  'autoscaling': { namespaced: 'HorizontalPodAutoscaler Scale' },
  'autoscaling.k8s.io': { namespaced: 'VerticalPodAutoscaler VerticalPodAutoscalerCheckpoint' },
  'batch': { namespaced: 'CronJob Job' },
  'certificates.k8s.io': { cluster: 'CertificateSigningRequest ClusterTrustBundle' },
  'coordination.k8s.io': { namespaced: 'Lease LeaseCandidate' },
  'discovery.k8s.io': { namespaced: 'EndpointSlice' },
  'events.k8s.io': { namespaced: 'Event' },
  'flowcontrol.apiserver.k8s.io': { cluster: 'FlowSchema PriorityLevelConfiguration' },
  'metrics.k8s.io': { namespaced: 'PodMetrics', cluster: 'NodeMetrics' },
  'networking.k8s.io': { namespaced: 'Ingress NetworkPolicy', cluster: 'IngressClass IPAddress ServiceCIDR' },
  'node.k8s.io': { cluster: 'RuntimeClass' },
  'policy': { namespaced: 'Eviction PodDisruptionBudget' },
  'policy.networking.k8s.io': { cluster: 'AdminNetworkPolicy BaselineAdminNetworkPolicy ClusterNetworkPolicy' },
  'rbac.authorization.k8s.io': { namespaced: 'Role RoleBinding', cluster: 'ClusterRole ClusterRoleBinding' },
  'resource.k8s.io': { namespaced: 'ResourceClaim ResourceClaimTemplate', cluster: 'DeviceClass ResourceClass ResourceSlice' },
  'scheduling.k8s.io': { cluster: 'PriorityClass' },
  'snapshot.storage.k8s.io': { namespaced: 'VolumeSnapshot', cluster: 'VolumeSnapshotClass VolumeSnapshotContent' },
  'storage.k8s.io': { namespaced: 'CSIStorageCapacity', cluster: 'CSIDriver CSINode StorageClass VolumeAttachment VolumeAttributesClass' },
  'gateway.networking.k8s.io': {
    namespaced: 'BackendTLSPolicy Gateway GRPCRoute HTTPRoute ReferenceGrant TCPRoute TLSRoute UDPRoute', cluster: 'GatewayClass',
  },
  'cilium.io': {
    namespaced: 'CiliumEndpoint CiliumEnvoyConfig CiliumLocalRedirectPolicy CiliumNetworkPolicy',
    cluster: 'CiliumCIDRGroup CiliumClusterwideEnvoyConfig CiliumClusterwideNetworkPolicy CiliumEgressGatewayPolicy CiliumIdentity '
      + 'CiliumLoadBalancerIPPool CiliumNode',
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
  'helm.toolkit.fluxcd.io': { namespaced: 'HelmRelease' },
  'source.toolkit.fluxcd.io': { namespaced: 'Bucket ExternalArtifact GitRepository HelmChart HelmRepository OCIRepository' },
  'notification.toolkit.fluxcd.io': { namespaced: 'Alert Provider Receiver' },
  'image.toolkit.fluxcd.io': { namespaced: 'ImagePolicy ImageRepository ImageUpdateAutomation' },
  'argoproj.io': {
    namespaced: 'AnalysisRun AnalysisTemplate AppProject Application ApplicationSet ArgoCD CronWorkflow Experiment Rollout Sensor '
      + 'Workflow WorkflowTemplate',
    cluster: 'ClusterAnalysisTemplate ClusterWorkflowTemplate',
  },
  'monitoring.coreos.com': {
    namespaced: 'Alertmanager AlertmanagerConfig PodMonitor Probe Prometheus PrometheusAgent PrometheusRule ScrapeConfig ServiceMonitor ThanosRuler',
  },
  'cert-manager.io': { namespaced: 'Certificate CertificateRequest Issuer', cluster: 'ClusterIssuer' },
  'trust.cert-manager.io': { cluster: 'Bundle' },
  'external-secrets.io': { namespaced: 'ExternalSecret PushSecret SecretStore', cluster: 'ClusterExternalSecret ClusterSecretStore' },
  'bitnami.com': { namespaced: 'SealedSecret' },
  'networking.istio.io': {
    namespaced: 'DestinationRule EnvoyFilter Gateway ProxyConfig ServiceEntry Sidecar VirtualService WorkloadEntry WorkloadGroup',
  },
  'security.istio.io': { namespaced: 'AuthorizationPolicy PeerAuthentication RequestAuthentication' },
  'telemetry.istio.io': { namespaced: 'Telemetry' },
  'policy.linkerd.io': {
    namespaced: 'AuthorizationPolicy HTTPRoute MeshTLSAuthentication NetworkAuthentication Server ServerAuthorization',
  },
  'consul.hashicorp.com': { namespaced: 'Mesh ServiceDefaults ServiceIntentions' },
  'crd.projectcalico.org': { namespaced: 'NetworkPolicy NetworkSet', cluster: 'GlobalNetworkPolicy GlobalNetworkSet IPPool' },
  'projectcalico.org': { namespaced: 'NetworkPolicy NetworkSet', cluster: 'GlobalNetworkPolicy GlobalNetworkSet IPPool' },
  'crd.antrea.io': { namespaced: 'NetworkPolicy', cluster: 'ClusterNetworkPolicy ClusterGroup Tier' },
  'traefik.io': { namespaced: 'IngressRoute IngressRouteTCP IngressRouteUDP Middleware TLSOption TLSStore TraefikService' },
  'traefik.containo.us': { namespaced: 'IngressRoute IngressRouteTCP IngressRouteUDP Middleware TLSOption TLSStore TraefikService' },
  'karpenter.sh': { cluster: 'NodeClaim NodePool Provisioner' },
  'karpenter.k8s.aws': { cluster: 'AWSNodeTemplate EC2NodeClass' },
  'keda.sh': { namespaced: 'ScaledJob ScaledObject TriggerAuthentication', cluster: 'ClusterTriggerAuthentication' },
  'serving.knative.dev': { namespaced: 'Configuration Revision Route Service' },
  'tekton.dev': { namespaced: 'CustomRun Pipeline PipelineRun Run Task TaskRun', cluster: 'ClusterTask' },
  'triggers.tekton.dev': { namespaced: 'EventListener TriggerBinding TriggerTemplate' },
  'velero.io': { namespaced: 'Backup BackupStorageLocation Restore Schedule VolumeSnapshotLocation' },
  'config.kio.kasten.io': { namespaced: 'Policy PolicyPreset Profile' },
  'actions.kio.kasten.io': { namespaced: 'BackupAction ExportAction RestoreAction' },
  'apps.kio.kasten.io': { namespaced: 'RestorePoint' },
  'kubevirt.io': { namespaced: 'KubeVirt VirtualMachine VirtualMachineInstance VirtualMachineInstanceReplicaSet' },
  'cdi.kubevirt.io': { namespaced: 'DataSource DataVolume' },
  'longhorn.io': { namespaced: 'Engine Volume' },
  'operators.coreos.com': { namespaced: 'CatalogSource ClusterServiceVersion InstallPlan OperatorGroup Subscription' },
  'route.openshift.io': { namespaced: 'Route' },
  'apps.openshift.io': { namespaced: 'DeploymentConfig' },
  'build.openshift.io': { namespaced: 'Build BuildConfig' },
  'project.openshift.io': { cluster: 'Project ProjectRequest' },
  'security.openshift.io': { cluster: 'SecurityContextConstraints' },
  'config.openshift.io': { cluster: 'ClusterVersion Ingress Network OAuth' },
  'operator.openshift.io': { namespaced: 'IngressController' },
  'apiextensions.crossplane.io': { cluster: 'CompositeResourceDefinition Composition' },
  'pkg.crossplane.io': { cluster: 'Configuration Provider' },
  'cluster.x-k8s.io': { namespaced: 'Cluster Machine MachineDeployment MachineSet' },
  'cluster.open-cluster-management.io': { namespaced: 'ManagedClusterSetBinding Placement', cluster: 'ManagedCluster ManagedClusterSet' },
  'management.cattle.io': { namespaced: 'Project', cluster: 'Cluster' },
  'ray.io': { namespaced: 'RayCluster RayJob RayService' },
  'kubeflow.org': { namespaced: 'Notebook', cluster: 'Profile' },
  'capsule.clastix.io': { cluster: 'CapsuleConfiguration Tenant' },
};

const BY_KIND = new Map<string, KnownKind[]>();
for (const [group, { namespaced = '', cluster = '' }] of Object.entries(CATALOG)) {
  for (const [kinds, isNamespaced] of [[namespaced, true], [cluster, false]] as const) {
    for (const kind of kinds.split(' ').filter(word => word !== '')) {
      BY_KIND.set(kind, [...BY_KIND.get(kind) ?? [], { group, kind, namespaced: isNamespaced }]);
    }
  }
}

/** The groups that serve a kind of this name, as far as they are known. */
export function knownKinds(kind: string): readonly KnownKind[] {
  return BY_KIND.get(kind) ?? [];
}

/** Groups under k8s.io that are installed with CRDs, and may have more kinds than these. */
const OPEN_GROUPS = ['autoscaling.k8s.io', 'gateway.networking.k8s.io', 'metrics.k8s.io', 'policy.networking.k8s.io', 'snapshot.storage.k8s.io'];

/** Whether every kind of a group is known, as of those that an API server brings; in others, any may exist. */
export function knowsGroup(group: string): boolean {
  return Object.hasOwn(CATALOG, group) && (!group.includes('.') || group.endsWith('.k8s.io')) && !OPEN_GROUPS.includes(group);
}

/** The known kind that a misspelt one was probably meant to be: another case, a plural, a letter off. */
export function kindLike(text: string): string | undefined {
  const wanted = text.toLowerCase().replace(/ies$/, 'y');
  let best: string | undefined;
  let least = wanted.length <= 4 ? 2 : 3;
  for (const kind of BY_KIND.keys()) {
    const distance = editDistance(wanted, kind.toLowerCase(), least);
    if (distance < least) {
      least = distance;
      best = kind;
    }
  }
  return best;
}
