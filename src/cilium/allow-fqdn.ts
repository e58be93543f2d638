import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ciliumNetworkPolicyManifest } from './cilium-network-policy-manifest';
import { DnsRule } from './dns-rule';
import { dnsVisibility } from './dns-visibility';
import { insistOutside } from './insist-outside';
import { ciliumItems } from './render-items';
import { searchDomains } from './search-domains';
import { pairName } from '../network/allow-name';
import { orderedPorts } from '../network/canonical-order';
import { Peer } from '../network/peer';
import { Port } from '../network/port';
import { checkPeersAndPorts } from '../network/rule-checks';
import { Workload } from '../network/workload';
import { insistProps } from '../platform/insist-props';
import { addObject } from '../platform/kube-object';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';
import { refuse } from '../values/guardrails-error';

/**
 * Properties for `AllowFqdn`. At least one of `names` and `patterns`.
 */
export interface AllowFqdnProps {
  /** The workload that connects. */
  readonly from: Workload;

  /**
   * DNS names of hosts outside the cluster: no address, and no name of a Service, whose pods Cilium never takes for the address of a
   * name.
   *
   * @default - none
   */
  readonly names?: string[];

  /**
   * Patterns of DNS names, in which `*` stands for any characters within one label: `*.example.com` covers neither `example.com`
   * nor `a.b.example.com`.
   *
   * @default - none
   */
  readonly patterns?: string[];

  /**
   * The ports that the hosts listen on; any of them.
   *
   * @default [Port.tcp(443)]
   */
  readonly ports?: Port[];

  /**
   * Whether the workload may look up these names only, instead of any. It must then be left out of any broader allow for DNS,
   * with `AllowDns.exempt`, and its namespace with `exemptFromDns` of `ClusterBaseline` where there is one.
   *
   * @default false
   */
  readonly restrictDns?: boolean;

  /**
   * Name of the object.
   *
   * @default - `allow-<from>-to-<names>`; required with patterns
   */
  readonly name?: string;
}

/**
 * Lets a workload connect to hosts outside the cluster by their DNS names, and lets Cilium read the DNS answers from which it
 * learns the addresses, for the same pods.
 *
 * It throws for a name or pattern of the cluster's own domain, for an address, and for what no resolver can ask for.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/layer3/#dns-based
 * @example
 *
 * new AllowFqdn(chart, 'stripe', { from: api, names: ['api.stripe.com'] });
 */
export class AllowFqdn extends Construct {
  /** The object itself, for JSON patches. */
  public readonly apiObject: ApiObject;

  constructor(scope: Construct, id: string, props: AllowFqdnProps) {
    super(scope, id);
    insistProps(this, 'AllowFqdnProps', props);
    const { from, restrictDns, ports = [Port.tcp(443)] } = props;
    const platform = Platform.of(this);
    platform._requireCilium(this, 'a DNS name', 'Allow the addresses with Peer.cidr, or the whole internet with AllowInternet.');
    const names = [...new Set(props.names)].sort();
    const patterns = [...new Set(props.patterns)].sort();
    if (names.length + patterns.length === 0) {
      refuse(where(this), 'names', { given: 'none', allowed: 'at least one name or pattern', mend: 'Name the hosts, such as \'api.stripe.com\'.' });
    }
    const hosts = [...names.map(name => Peer.fqdn(name)), ...patterns.map(pattern => Peer.fqdnPattern(pattern))];
    insistOutside(this, 'names', hosts.slice(0, names.length));
    insistOutside(this, 'patterns', hosts.slice(names.length));
    checkPeersAndPorts(this, 'egress', hosts, ports);
    const rules = [...names.map(name => DnsRule.name(name)), ...patterns.map(pattern => DnsRule.pattern(pattern))];
    const domains = searchDomains(from.namespace, platform);
    const dns = restrictDns ? rules.flatMap(rule => rule._withSearchDomains(domains)) : undefined;
    this.apiObject = addObject(this, ciliumNetworkPolicyManifest(this, {
      name: props.name ?? pairName(this, 'allow', [from.toPeer()], hosts, from.namespace),
      namespace: from.namespace,
      endpointSelector: from.selector,
      egress: [
        ...ciliumItems(hosts, orderedPorts(ports)).map(({ peers: to, ...rest }) => ({ to, ...rest })),
        ...dnsVisibility(platform, from.namespace, dns),
      ],
    }));
  }

  /** The object as a list, since every intent has one. */
  public get apiObjects(): ApiObject[] {
    return [this.apiObject];
  }
}
