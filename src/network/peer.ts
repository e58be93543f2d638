import type { INetworkPolicyPeer } from 'cdk8s-plus-28';
import { Entity } from './entity';
import { IPeer } from './i-peer';
import {
  CidrGroupsPeerOptions, CidrPeerOptions, LabelledPeerOptions, PeerOptions, PodPeerOptions, ServiceAccountPeerOptions,
} from './peer-options';
import type { NamespaceScope, PeerSpec } from './peer-spec';
import { plusPeerSpec } from './plus-interop';
import { cidrProblem, exceptProblem, sortCidrs } from '../values/cidr';
import { fqdnNameProblem, fqdnPatternProblem } from '../values/fqdn';
import { insist, refuse } from '../values/guardrails-error';
import { insistArguments } from '../values/insist-typed';
import type { LabelExpression } from '../values/label-expression';
import { LabelSelector } from '../values/label-selector';
import { dnsLabelProblem, dnsSubdomainProblem, serviceAccountNameProblem } from '../values/names';
import { type Selector, selectorIsEmpty } from '../values/selector';

/**
 * Who traffic may come from or go to.
 *
 * Pods, namespaces, CIDRs and `anywhere` can be said in a NetworkPolicy; entities, DNS names, service accounts, nodes and CIDR
 * groups need Cilium, and constructs then write a CiliumNetworkPolicy.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors
 * @example
 *
 * api.allowFrom(Peer.pods({ 'app.kubernetes.io/name': 'envoy' }, { namespace: 'infra', name: 'envoy' }), Port.tcp(8080));
 * api.allowTo(Peer.cidr('10.20.0.0/24', { name: 'ledger' }), Port.tcp(5432));
 */
export class Peer implements IPeer {
  /**
   * Pods by their labels. An empty map selects every pod of the namespaces meant.
   *
   * @throws when more than one namespace option is given, or a label or name is none
   */
  public static pods(labels: { [key: string]: string }, options: PodPeerOptions = {}): Peer {
    insistArguments('Peer.pods', { labels, options });
    const factory = 'Peer.pods';
    const pods = LabelSelector._of(factory, labels, options.expressions)._selector;
    const namespaces = podNamespaces(factory, options);
    const own = selectorIsEmpty(pods) && namespaces.kind === 'same' ? 'same-namespace' : undefined;
    return new Peer({ kind: 'pods', namespaces, pods }, givenName(factory, options) ?? own, soleNamespace(namespaces));
  }

  /** Every pod of the policy's own namespace. */
  public static sameNamespace(): Peer {
    return Peer.pods({});
  }

  /** Every pod of one namespace, by the namespace's name. */
  public static namespace(name: string): Peer {
    insist('Peer.namespace', 'namespace', dnsLabelProblem(name));
    return new Peer({ kind: 'pods', namespaces: { kind: 'named', names: [name] } }, name);
  }

  /**
   * Every pod of the namespaces with these labels. Whoever may label a namespace can then join: prefer `Peer.namespace`.
   *
   * @throws when there is no label: every namespace is written `Peer.anyNamespace()`
   */
  public static namespaces(labels: { [key: string]: string }, options: LabelledPeerOptions = {}): Peer {
    insistArguments('Peer.namespaces', { labels, options });
    const factory = 'Peer.namespaces';
    const selector = labelled(factory, labels, options.expressions);
    return new Peer({ kind: 'pods', namespaces: { kind: 'labelled', selector } }, givenName(factory, options));
  }

  /** Every pod of every namespace; nothing outside the cluster. */
  public static anyNamespace(): Peer {
    return new Peer({ kind: 'pods', namespaces: { kind: 'any' } }, 'any-namespace');
  }

  /** Anyone, inside the cluster and outside. */
  public static anywhere(): Peer {
    return new Peer({ kind: 'anywhere' }, 'anywhere');
  }

  /**
   * A range of addresses, IPv4 or IPv6, in CIDR notation. Meant for addresses outside the cluster: on Cilium a CIDR matches
   * neither pods nor nodes.
   *
   * @throws when the range has host bits set, or an except is no strict part of it
   * @see https://docs.cilium.io/en/stable/security/policy/layer3/#cidr-based
   */
  public static cidr(cidr: string, options: CidrPeerOptions = {}): Peer {
    insistArguments('Peer.cidr', { cidr, options });
    const factory = 'Peer.cidr';
    insist(factory, 'CIDR', cidrProblem(cidr));
    for (const except of options.except ?? []) insist(factory, 'except', exceptProblem(cidr, except));
    return new Peer({ kind: 'cidr', cidr, except: sortCidrs([...options.except ?? []]) }, givenName(factory, options));
  }

  /** What Cilium knows by its role: the world, the API server, the node. Needs Cilium. */
  public static entity(entity: Entity): Peer {
    insistArguments('Peer.entity', { entity });
    return new Peer({ kind: 'entity', entity }, entity);
  }

  /**
   * A host outside the cluster by its DNS name, for `L7Allow` and the general form. Egress only; needs Cilium, and a DNS rule for
   * the same pods, from which Cilium learns the addresses: `AllowFqdn` and `L7Allow` write it.
   *
   * @see https://docs.cilium.io/en/stable/security/policy/layer3/#dns-based
   */
  public static fqdn(name: string): Peer {
    insist('Peer.fqdn', 'DNS name', fqdnNameProblem(name));
    return new Peer({ kind: 'fqdn', field: 'matchName', value: name }, nameFromDns(name));
  }

  /**
   * Hosts outside the cluster by a pattern of DNS names: `*` stands for any characters within one label, so `*.example.com`
   * matches neither `example.com` nor `a.b.example.com`. From Cilium 1.19 a leading `**.` stands for one or more labels. Egress
   * only; needs Cilium.
   */
  public static fqdnPattern(pattern: string, options: PeerOptions = {}): Peer {
    insistArguments('Peer.fqdnPattern', { pattern, options });
    insist('Peer.fqdnPattern', 'DNS pattern', fqdnPatternProblem(pattern));
    return new Peer({ kind: 'fqdn', field: 'matchPattern', value: pattern }, givenName('Peer.fqdnPattern', options));
  }

  /** Pods that run as a service account. Needs Cilium. */
  public static serviceAccount(name: string, options: ServiceAccountPeerOptions = {}): Peer {
    insistArguments('Peer.serviceAccount', { name, options });
    const factory = 'Peer.serviceAccount';
    insist(factory, 'service account', serviceAccountNameProblem(name));
    const namespaces = podNamespaces(factory, options);
    return new Peer({ kind: 'pods', namespaces, serviceAccount: name }, nameFromDns(name), options.namespace);
  }

  /**
   * Nodes of the cluster by their labels, apart from the node that the pod runs on. Needs Cilium with `nodeSelectors`.
   *
   * @throws when there is no label: every other node is written `Peer.entity(Entity.REMOTE_NODE)`
   * @see https://docs.cilium.io/en/stable/security/policy/layer3/#node-based
   */
  public static nodes(labels: { [key: string]: string }, options: LabelledPeerOptions = {}): Peer {
    insistArguments('Peer.nodes', { labels, options });
    return new Peer({ kind: 'nodes', selector: labelled('Peer.nodes', labels, options.expressions) }, givenName('Peer.nodes', options));
  }

  /** A CiliumCIDRGroup by name. Needs Cilium. `CidrGroup.peer` gives one for a group of this app. */
  public static cidrGroup(group: string, options: CidrPeerOptions = {}): Peer {
    insistArguments('Peer.cidrGroup', { group, options });
    insist('Peer.cidrGroup', 'group', dnsSubdomainProblem(group));
    return new Peer({ kind: 'cidrGroup', group, except: groupExcepts('Peer.cidrGroup', options) }, givenName('Peer.cidrGroup', options) ?? nameFromDns(group));
  }

  /** CiliumCIDRGroups by their labels. Needs Cilium 1.17. */
  public static cidrGroups(labels: { [key: string]: string }, options: CidrGroupsPeerOptions = {}): Peer {
    insistArguments('Peer.cidrGroups', { labels, options });
    const factory = 'Peer.cidrGroups';
    const selector = labelled(factory, labels, options.expressions);
    return new Peer({ kind: 'cidrGroups', selector, except: groupExcepts(factory, options) }, givenName(factory, options));
  }

  /**
   * A peer of cdk8s-plus: pods, namespaces, an IP block. A Deployment and its like are taken by the labels of their pod
   * template; `Workload.of` is the better choice for them, since it writes the other half of an allow too.
   *
   * @throws when a workload's pod template has no label of its own, or a name or a label of cdk8s-plus is none
   */
  public static of(peer: INetworkPolicyPeer, options: PeerOptions = {}): Peer {
    insistArguments('Peer.of', { peer, options });
    const factory = 'Peer.of';
    const spec = plusPeerSpec(peer);
    // cdk8s-plus takes any text for a CIDR or a label: what it hands over is checked like our own.
    if (spec.kind === 'cidr') return Peer.cidr(spec.cidr, { ...options, except: [...spec.except] });
    if (spec.kind === 'pods' && spec.pods) LabelSelector._fromData(factory, spec.pods);
    return new Peer(spec, givenName(factory, options), spec.kind === 'pods' ? soleNamespace(spec.namespaces) : undefined);
  }

  /** @internal */
  public static _ofWorkload(pods: Selector, namespace: string, name: string): Peer {
    return new Peer({ kind: 'pods', namespaces: { kind: 'named', names: [namespace] }, pods }, name, namespace);
  }

  /** @internal */
  public readonly _spec: PeerSpec;

  /** @internal */
  public readonly _name?: string;

  /** @internal */
  public readonly _namespace?: string;

  private constructor(spec: PeerSpec, name?: string, namespace?: string) {
    this._spec = spec;
    this._name = name;
    this._namespace = namespace;
  }

  /** The peer itself. */
  public toPeer(): Peer {
    return this;
  }

  /**
   * The same peer as a policy of that namespace says it: without the namespace where it is its own.
   *
   * @internal
   */
  public _relativeTo(namespace: string): Peer {
    const { _spec: spec } = this;
    const own = spec.kind === 'pods' && spec.namespaces.kind === 'named' && spec.namespaces.names.length === 1
      && spec.namespaces.names[0] === namespace;
    return own ? new Peer({ ...spec, namespaces: { kind: 'same' } }, this._name, this._namespace) : this;
  }
}

function podNamespaces(factory: string, options: PodPeerOptions): NamespaceScope {
  const { namespaceLabels, namespaceExpressions } = options;
  const isLabelled = (namespaceLabels ?? namespaceExpressions) !== undefined;
  const given = [options.namespace !== undefined, isLabelled, options.anyNamespace === true];
  if (given.filter(Boolean).length > 1) {
    refuse(factory, 'namespace', {
      given: 'more than one of namespace, namespaceLabels (or namespaceExpressions) and anyNamespace',
      allowed: 'one of them, or none for the policy\'s own namespace',
      mend: 'Keep the one that is meant, or make two peers.',
    });
  }
  if (options.namespace !== undefined) {
    insist(factory, 'namespace', dnsLabelProblem(options.namespace));
    return { kind: 'named', names: [options.namespace] };
  }
  if (isLabelled) return { kind: 'labelled', selector: labelled(factory, namespaceLabels ?? {}, namespaceExpressions) };
  return { kind: options.anyNamespace ? 'any' : 'same' };
}

/** The namespace of pods, where it is one: it goes into the names of policies of other namespaces. */
function soleNamespace(scope: NamespaceScope): string | undefined {
  return scope.kind === 'named' && scope.names.length === 1 ? scope.names[0] : undefined;
}

function labelled(factory: string, labels: Record<string, string>, expressions: LabelExpression[] = []): Selector {
  if (Object.keys(labels).length + expressions.length === 0) {
    refuse(factory, 'labels', {
      given: 'none',
      allowed: 'at least one label or expression, since none selects everything',
      mend: 'Name a label, or say so openly where everything is meant.',
    });
  }
  return LabelSelector._of(factory, labels, expressions)._selector;
}

function groupExcepts(factory: string, options: CidrPeerOptions): string[] {
  for (const except of options.except ?? []) insist(factory, 'except', cidrProblem(except));
  return sortCidrs([...options.except ?? []]);
}

function givenName(factory: string, options: PeerOptions): string | undefined {
  if (options.name !== undefined) insist(factory, 'name', dnsLabelProblem(options.name));
  return options.name;
}

function nameFromDns(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
}
