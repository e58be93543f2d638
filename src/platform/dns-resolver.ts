import type { Cni } from './cni';
import { placedPeer } from './placed-peer';
import { Entity } from '../network/entity';
import { IPeer } from '../network/i-peer';
import { Peer } from '../network/peer';
import { Port } from '../network/port';
import { cidrContains, parseCidr, parseIp } from '../values/cidr';
import { refuse } from '../values/guardrails-error';
import { insistArguments } from '../values/insist-typed';

/**
 * What resolves DNS names for pods. Cluster DNS answers over UDP and, for large answers, TCP: both are allowed.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
 * @example
 *
 * new Platform(app, 'platform', { dns: DnsResolver.nodeLocalDns() });
 */
export class DnsResolver {
  /** CoreDNS or kube-dns in kube-system, labelled `k8s-app: kube-dns`: kubeadm, kind, k3s, EKS, AKS and most others. */
  public static kubeDns(): DnsResolver {
    return new DnsResolver(() => [KUBE_DNS], 53);
  }

  /**
   * NodeLocal DNSCache, with cluster DNS behind it. The cache listens on addresses of the node. Cilium knows no node by an
   * address, so there it is the cache's pods (with a local redirect policy) and the node.
   *
   * @param addresses where the cache listens, 169.254.20.10 when left out. With kube-proxy in iptables mode that is the address
   * of the Service `kube-dns` too: name both.
   * @see https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/
   */
  public static nodeLocalDns(...addresses: string[]): DnsResolver {
    insistArguments('DnsResolver.nodeLocalDns', { addresses });
    const cache = (addresses.length > 0 ? addresses : ['169.254.20.10']).map(address => hostAddress('DnsResolver.nodeLocalDns', address));
    return new DnsResolver(cni => [KUBE_DNS, NODE_LOCAL_PODS, ...(cni.enforcesCiliumPolicy ? [Peer.entity(Entity.HOST)] : cache)], 53);
  }

  /** The DNS operator of OpenShift, whose pods listen on port 5353. */
  public static openShift(): DnsResolver {
    const pods = Peer.pods({ 'dns.operator.openshift.io/daemonset-dns': 'default' }, { namespace: 'openshift-dns', name: 'openshift-dns' });
    return new DnsResolver(() => [pods], 5353);
  }

  /** Cloud DNS for GKE, which answers on the address of the metadata server. */
  public static gkeCloudDns(): DnsResolver {
    const resolver = hostAddress('DnsResolver.gkeCloudDns', '169.254.169.254');
    return new DnsResolver(() => [resolver], 53);
  }

  /**
   * Any other resolver. Allows are written for the pods that ask; one that is isolated itself needs an allow of its own.
   *
   * @param peers the pods, or the addresses outside the cluster, that answer
   * @param port the port that they listen on, 53 when left out
   * @throws without a peer, and for pods without a namespace, which would be those of each policy's own
   */
  public static of(peers: IPeer[], port: number = 53): DnsResolver {
    insistArguments('DnsResolver.of', { peers, port });
    if (peers.length === 0) {
      refuse('DnsResolver.of', 'peers', { given: 'none', allowed: 'at least one peer', mend: 'Name the pods or addresses of the resolver.' });
    }
    const placed = peers.map(peer => placedPeer('DnsResolver.of', peer));
    return new DnsResolver(() => placed.map(peer => peer.toPeer()), port);
  }

  /** Ports that the resolver listens on: UDP and TCP. */
  public readonly ports: Port[];

  /** @internal */
  public readonly _peers: (cni: Cni) => Peer[];

  private constructor(peers: (cni: Cni) => Peer[], port: number) {
    this._peers = peers;
    this.ports = [Port.udp(port), Port.tcp(port)];
  }

  /**
   * Whether the resolver may answer on this address, given in CIDR notation.
   *
   * @internal
   */
  public _answersOn(cni: Cni, cidr: string): boolean {
    return this._peers(cni).some(({ _spec: spec }) => spec.kind === 'cidr' && cidrContains(parseCidr(spec.cidr)!, parseCidr(cidr)!));
  }
}

const KUBE_DNS = Peer.pods({ 'k8s-app': 'kube-dns' }, { namespace: 'kube-system', name: 'kube-dns' });
const NODE_LOCAL_PODS = Peer.pods({ 'k8s-app': 'node-local-dns' }, { namespace: 'kube-system', name: 'node-local-dns' });

function hostAddress(at: string, address: string): Peer {
  const ip = parseIp(address);
  if (!ip) {
    refuse(at, 'address', {
      given: JSON.stringify(address),
      allowed: 'an IPv4 or IPv6 address, such as 169.254.20.10',
      mend: 'Write the address alone, without prefix length, port or name.',
    });
  }
  return Peer.cidr(`${address}/${ip.family === 4 ? 32 : 128}`, { name: 'dns' });
}
