import { Construct, type IConstruct } from 'constructs';
import { CiliumOptions } from './cilium-options';
import { Cni } from './cni';
import { DnsResolver } from './dns-resolver';
import { Gateway } from './gateway';
import { insistProps } from './insist-props';
import { platformFromFile } from './platform-from-file';
import { PlatformProps } from './platform-props';
import { platforms } from './platform-scopes';
import { Prometheus } from './prometheus';
import { guard } from './synth-checks';
import { TelemetryCollector } from './telemetry-collector';
import { where } from './where';
import { type CiliumFeature, ciliumHas } from '../target/cilium-features';
import { insistPodTemplates } from '../target/pod-templates';
import type { Target } from '../target/target';
import { versionFor } from '../target/version-for';
import { FLUX, KUBERNETES, KYVERNO } from '../target/versions';
import { cidrProblem, sortCidrs } from '../values/cidr';
import { GuardrailsError, insist, refuse } from '../values/guardrails-error';
import { hostProblem } from '../values/http';
import { insistArguments } from '../values/insist-typed';
import { dnsLabelProblem } from '../values/names';
import { portNumberProblem } from '../values/ports';


const SYSTEM_NAMESPACES = [
  'cilium-secrets', 'cilium-spire', 'default', 'flux-system', 'kube-node-lease', 'kube-public', 'kube-system', 'kyverno',
];

const readers = new WeakMap<IConstruct, string>();

/**
 * The cluster that policies are for: its versions, its CNI, and the addresses and components that policies have to name. It
 * covers the scope it is created in, with everything below; each cluster of an app has its own scope and its own Platform.
 * Create it first: a construct that has already read the platform cannot change its mind.
 *
 * @example
 *
 * new Platform(app, 'platform', {
 *   cni: Cni.cilium('1.18'),
 *   gateway: Gateway.envoyGateway(),
 *   prometheus: Prometheus.kubePrometheusStack(),
 * });
 */
export class Platform extends Construct {
  /**
   * The platform of the nearest scope that has one, or one with every default.
   */
  public static of(scope: IConstruct): Platform {
    insistArguments('Platform.of', { scope });
    const passed: IConstruct[] = [];
    for (const candidate of [...scope.node.scopes].reverse()) {
      const platform = platforms.get(candidate);
      if (platform) return Platform.read(platform, scope, passed);
      passed.push(candidate);
    }
    return Platform.read(new Platform(scope.node.root as Construct, 'DefaultPlatform'), scope, passed);
  }

  /**
   * A platform of which a target file says the versions, the CNI and the addresses: the YAML that the command line takes as
   * `--target`. So the program and checks of other files are for the same cluster.
   *
   * @param path the file, from the folder that the program runs in
   * @param overrides what the file does not say, such as components, and what is to be different
   * @throws when the file cannot be read, or says what is not known
   * @example
   *
   * Platform.fromFile(app, 'platform', 'clusters/production.yaml', { gateway: Gateway.envoyGateway() });
   */
  public static fromFile(scope: Construct, id: string, path: string, overrides: PlatformProps = {}): Platform {
    insistArguments('Platform.fromFile', { path, overrides });
    const said = Object.entries(overrides).filter(([, value]) => value !== undefined);
    return new Platform(scope, id, { ...platformFromFile(path), ...Object.fromEntries(said) });
  }

  private static read(platform: Platform, reader: IConstruct, passed: IConstruct[]): Platform {
    for (const scope of passed.filter(candidate => !readers.has(candidate))) readers.set(scope, where(reader));
    return platform;
  }

  /** The network plugin. */
  public readonly cni: Cni;

  /** Minor version of Kubernetes. */
  public readonly kubernetes: string;

  /** Minor version of Kyverno. */
  public readonly kyverno: string;

  /** Minor version of Flux. */
  public readonly flux: string;

  /** Name of the cluster. */
  public readonly clusterName: string;

  /** Domain that the cluster's own DNS names end in. */
  public readonly clusterDomain: string;

  /** Search domains that pods get from their nodes, in the order in which they are tried. */
  public readonly searchDomains: string[];

  /** Ranges that pods get their addresses from. */
  public readonly podCidrs: string[];

  /** Where kinds of operators have their pod template. */
  public readonly podTemplates: { [kind: string]: string };

  /** Ranges that Services get their addresses from. */
  public readonly serviceCidrs: string[];

  /** Ranges that nodes have their addresses in. */
  public readonly nodeCidrs: string[];

  /** Addresses of the API server, in CIDR notation. */
  public readonly apiServerCidrs: string[];

  /** Ports that the API server may listen on. */
  public readonly apiServerPorts: number[];

  /** Whether the API server reaches pods through a tunnel whose end is a pod, as managed control planes do. */
  public readonly apiServerTunnelled: boolean;

  /** What resolves DNS names for pods. */
  public readonly dns: DnsResolver;

  /** The gateway that brings in traffic from outside. */
  public readonly gateway?: Gateway;

  /** The Prometheus that scrapes workloads. */
  public readonly prometheus?: Prometheus;

  /** Where workloads push their telemetry. */
  public readonly telemetry?: TelemetryCollector;

  /** Namespaces that belong to the platform itself, sorted. */
  public readonly systemNamespaces: string[];

  /** Whether Flux is locked down for tenants. */
  public readonly fluxLockdown: boolean;

  /** @internal */
  public readonly _scope: IConstruct;

  constructor(scope: Construct, id: string, props: PlatformProps = {}) {
    super(scope, id);
    insistProps(this, 'PlatformProps', props);
    const at = where(this);
    this.cni = props.cni ?? Cni.cilium();
    this.kubernetes = versionFor(at, KUBERNETES, props.kubernetes);
    this.kyverno = versionFor(at, KYVERNO, props.kyverno);
    this.flux = versionFor(at, FLUX, props.flux);
    this.clusterName = props.clusterName ?? 'default';
    insist(at, 'clusterName', dnsLabelProblem(this.clusterName, 32));
    this.clusterDomain = props.clusterDomain ?? 'cluster.local';
    insist(at, 'clusterDomain', hostProblem(this.clusterDomain));
    this.searchDomains = [...new Set(props.searchDomains)];
    this.searchDomains.forEach(domain => insist(at, 'searchDomains', hostProblem(domain)));
    this.podCidrs = cidrs(at, 'podCidrs', props.podCidrs);
    this.podTemplates = { ...props.podTemplates };
    insistPodTemplates(at, 'podTemplates', this.podTemplates);
    this.serviceCidrs = cidrs(at, 'serviceCidrs', props.serviceCidrs);
    this.nodeCidrs = cidrs(at, 'nodeCidrs', props.nodeCidrs);
    this.apiServerCidrs = cidrs(at, 'apiServer.cidrs', props.apiServer?.cidrs);
    this.apiServerPorts = props.apiServer?.port === undefined ? [443, 6443] : [props.apiServer.port];
    this.apiServerPorts.forEach(port => insist(at, 'apiServer.port', portNumberProblem(port)));
    this.apiServerTunnelled = props.apiServer?.tunnelled ?? false;
    this.dns = props.dns ?? DnsResolver.kubeDns();
    this.gateway = props.gateway;
    this.prometheus = props.prometheus;
    this.telemetry = props.telemetry;
    this.systemNamespaces = [...new Set(props.systemNamespaces ?? SYSTEM_NAMESPACES)].sort();
    this.systemNamespaces.forEach(name => insist(at, 'systemNamespaces', dnsLabelProblem(name)));
    this.fluxLockdown = props.fluxLockdown ?? true;
    this._scope = scope;
    this.settle(scope);
  }

  private settle(scope: IConstruct): void {
    // A platform of defaults stands where somebody has read it: then that reader is what to tell of.
    const reader = readers.get(scope);
    if (reader !== undefined) {
      refuse(where(this), 'position', {
        given: `a Platform created after ${reader} had read the platform`,
        allowed: 'a Platform before the first construct that reads it',
        mend: 'Move `new Platform(...)` up, to right after its scope is created.',
      });
    }
    const other = platforms.get(scope);
    if (other) {
      refuse(where(this), 'scope', {
        given: `${scope.node.path || 'app'}, which has ${where(other)} already`,
        allowed: 'one Platform for each cluster',
        mend: 'Give each cluster a scope of its own, such as new Construct(app, \'staging\'), and create its charts below it.',
      });
    }
    platforms.set(scope, this);
    guard(scope.node.root, construct => Platform.of(construct));
  }

  /** What the checks need to know of this cluster, as plain data. @internal */
  public get _target(): Target {
    return {
      cni: this.cni.name,
      enforcesNetworkPolicy: this.cni.enforcesNetworkPolicy,
      cniMend: this.cni._mend,
      cilium: this.cni.ciliumVersion,
      kyverno: this.kyverno,
      kubernetes: this.kubernetes,
      flux: this.flux,
      ciliumAgent: this.cni.ciliumVersion === undefined ? undefined : this.cni._cilium,
      clusterName: this.clusterName,
      podCidrs: this.podCidrs,
      podTemplates: this.podTemplates,
      serviceCidrs: this.serviceCidrs,
      nodeCidrs: this.nodeCidrs,
      systemNamespaces: this.systemNamespaces,
      fluxLockdown: this.fluxLockdown,
    };
  }

  /**
   * Stops a construct that needs Cilium on a cluster without it.
   *
   * @internal
   */
  public _requireCilium(construct: IConstruct, what: string, instead?: string): void {
    if (this.cni.enforcesCiliumPolicy) return;
    throw new GuardrailsError(where(construct), 'platform', {
      given: `${what} on ${this.cni.name}`,
      allowed: 'Cilium, the only CNI that enforces CiliumNetworkPolicy',
      mend: instead ?? 'Say it with pods, namespaces, CIDRs and ports, or set `cni: Cni.cilium()` on Platform if the cluster runs Cilium.',
    });
  }

  /**
   * Stops a construct that needs a part of Cilium that this version does not have.
   *
   * @internal
   */
  public _requireCiliumFeature(construct: IConstruct, feature: CiliumFeature): void {
    const version = this.cni.ciliumVersion;
    if (version === undefined || ciliumHas(feature, version)) return;
    const span = [feature.since && `since ${feature.since}`, feature.until && `before ${feature.until}`].filter(Boolean).join(' and ');
    throw new GuardrailsError(where(construct), 'platform', {
      given: `${feature.name} on Cilium ${version}`,
      allowed: `Cilium ${span}`,
      mend: feature.instead,
    });
  }

  /**
   * Stops a construct that needs an agent feature that the platform has not declared.
   *
   * @internal
   */
  public _requireOption(construct: IConstruct, what: string, option: keyof CiliumOptions): void {
    if (this.cni._cilium[option]) return;
    throw new GuardrailsError(where(construct), 'platform', {
      given: `${what} on a Cilium that was not declared to have \`${option}\``,
      allowed: `a platform with ${this.cni._factory}'${this.cni.ciliumVersion ?? '1.18'}', { ${option}: true })`,
      mend: 'Declare it if the agents have it turned on; they refuse the whole policy otherwise.',
    });
  }
}

function cidrs(at: string, what: string, given: string[] = []): string[] {
  given.forEach(cidr => insist(at, what, cidrProblem(cidr)));
  return sortCidrs([...given]);
}
