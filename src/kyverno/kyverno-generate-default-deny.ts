import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ControllerRights, KyvernoControllerRole } from './controller-role';
import { KyvernoGenerateOptions } from './intent-options';
import { generateIntent, type GeneratedObject } from './intents/generated';
import { writePolicy } from './intents/write-policy';
import { KyvernoPolicy } from './kyverno-policy';
import { ciliumItems } from '../cilium/render-items';
import { ciliumPolicySpec } from '../cilium/render-policy';
import type { Peer } from '../network/peer';
import { networkPolicyPeers, networkPolicyPorts, peerNeedsCilium } from '../network/render-network-policy';
import { checkPeersAndPorts } from '../network/rule-checks';
import { insistProps } from '../platform/insist-props';
import { objectsBelow } from '../platform/objects-below';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';

const WRITE: ControllerRights = {
  apiGroups: ['cilium.io'],
  resources: ['ciliumnetworkpolicies'],
  verbs: ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'],
};
const READ: ControllerRights = { ...WRITE, verbs: ['get', 'list', 'watch'] };

/**
 * Properties for `KyvernoGenerateDefaultDeny`.
 */
export interface KyvernoGenerateDefaultDenyProps extends KyvernoGenerateOptions {
  /**
   * Name of the policy.
   *
   * @default 'generate-default-deny'
   */
  readonly name?: string;
}

/**
 * Namespaces are isolated in both directions, and their pods may look up names with the resolver of the platform: Kyverno makes
 * a NetworkPolicy for each. For namespaces that do not come from Git. Those of `TenantNamespace` are left out, whatever is selected:
 * their isolation comes with them. Where `DefaultDeny` is used without it, exclude the namespace.
 *
 * With a resolver that only Cilium can name, such as NodeLocal DNSCache on Cilium, the DNS policy is a CiliumNetworkPolicy, and Kyverno
 * gets the rights to write it.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/generate/
 * @example
 *
 * new KyvernoGenerateDefaultDeny(chart, 'default-deny', { generateExisting: true });
 */
export class KyvernoGenerateDefaultDeny extends Construct {
  /** The policy. */
  public readonly policy: KyvernoPolicy;

  constructor(scope: Construct, id: string, props: KyvernoGenerateDefaultDenyProps) {
    super(scope, id);
    insistProps(this, 'KyvernoGenerateDefaultDenyProps', props);
    const name = props.name ?? 'generate-default-deny';
    const dns = this.allowDns();
    const roles = dns.kind === 'CiliumNetworkPolicy' ? [
      new KyvernoControllerRole(this, 'BackgroundRole', name, 'background', [WRITE]),
      new KyvernoControllerRole(this, 'AdmissionRole', name, 'admission', [READ]),
    ] : [];
    // DNS comes first, so that no namespace is without it for a moment.
    this.policy = writePolicy(this, generateIntent(this, name, props, [
      { rule: 'generate-allow-dns', object: dns },
      {
        rule: 'generate-default-deny',
        object: {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          name: 'default-deny',
          spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
        },
      },
    ]), ...roles);
  }

  /** The objects, for JSON patches: the policy, and the roles that it needs. */
  public get apiObjects(): ApiObject[] {
    return objectsBelow(this);
  }

  private allowDns(): GeneratedObject {
    const { cni, dns: { ports, _peers: peersOn } } = Platform.of(this);
    const peers = peersOn(cni);
    if (peers.some(peerNeedsCilium)) return this.allowDnsOnCilium(peers);
    checkPeersAndPorts(this, 'egress', peers, ports);
    const at = where(this);
    return {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      name: 'allow-dns',
      spec: {
        podSelector: {},
        policyTypes: ['Egress'],
        egress: [{ to: networkPolicyPeers(at, peers), ports: networkPolicyPorts(at, ports) }],
      },
    };
  }

  private allowDnsOnCilium(peers: Peer[]): GeneratedObject {
    const platform = Platform.of(this);
    platform._requireCilium(this, 'the resolver of this platform');
    const egress = ciliumItems(peers, platform.dns.ports).map(({ peers: to, ...rest }) => ({ to, ...rest }));
    return {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumNetworkPolicy',
      name: 'allow-dns',
      spec: { endpointSelector: {}, ...ciliumPolicySpec(this, { name: 'allow-dns', egress }, { scope: 'namespace' }) },
    };
  }
}
