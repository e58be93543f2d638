/**
 * What a CNI makes of policies. Kubernetes stores a NetworkPolicy whatever the CNI: only this table tells whether it works.
 */
export interface CniEngine {
  /** As the project calls itself. */
  readonly name: string;
  /** Whether NetworkPolicy objects have any effect. */
  readonly enforcesNetworkPolicy: boolean;
  /** Whether CiliumNetworkPolicy, with L7, DNS names and entities, has any effect. */
  readonly enforcesCiliumPolicy: boolean;
  /** How to get enforcement where there is none, as a full sentence. */
  readonly mend?: string;
}

const ANOTHER_CNI = 'Install a CNI that enforces policies, such as Cilium or Calico, and tell Platform.';

function kubernetesOnly(name: string): CniEngine {
  return { name, enforcesNetworkPolicy: true, enforcesCiliumPolicy: false };
}

function nothing(name: string, mend: string): CniEngine {
  return { name, enforcesNetworkPolicy: false, enforcesCiliumPolicy: false, mend };
}

export const ENGINES = {
  cilium: { name: 'Cilium', enforcesNetworkPolicy: true, enforcesCiliumPolicy: true },
  calico: kubernetesOnly('Calico'),
  canal: kubernetesOnly('Canal'),
  antrea: kubernetesOnly('Antrea'),
  kindnet: kubernetesOnly('kindnet'),
  kindnetWithoutPolicy: nothing('kindnet before kind v0.24', 'Use kind v0.24 or newer, or a CNI of your own.'),
  k3s: kubernetesOnly('k3s built-in'),
  k3sWithoutPolicy: nothing('k3s built-in with --disable-network-policy', 'Drop --disable-network-policy, or install a CNI that enforces policies.'),
  kubeRouter: kubernetesOnly('kube-router'),
  ovnKubernetes: kubernetesOnly('OVN-Kubernetes'),
  awsVpc: kubernetesOnly('Amazon VPC CNI'),
  awsVpcWithoutPolicy: nothing('Amazon VPC CNI without its network policy agent', 'Set enableNetworkPolicy on the VPC CNI add-on and tell Platform with Cni.awsVpc({ networkPolicy: true }).'),
  azureNpm: kubernetesOnly('Azure Network Policy Manager'),
  azureCalico: kubernetesOnly('Azure CNI with Calico'),
  azureCilium: kubernetesOnly('Azure CNI powered by Cilium'),
  azureCiliumAcns: { name: 'Azure CNI powered by Cilium with ACNS', enforcesNetworkPolicy: true, enforcesCiliumPolicy: true },
  azureNone: nothing('Azure CNI without a policy engine', 'Create the cluster with a network policy engine; Azure chooses it at creation.'),
  gkeDataplaneV2: kubernetesOnly('GKE Dataplane V2'),
  flannel: nothing('flannel', ANOTHER_CNI),
} satisfies Record<string, CniEngine>;
