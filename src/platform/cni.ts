import { AzurePolicyEngine } from './azure-policy-engine';
import { CiliumOptions } from './cilium-options';
import { CiliumPolicyEnforcement } from './cilium-policy-enforcement';
import { CniEngine, ENGINES } from '../target/cni-engines';
import { agentProblem, cniOf, engineWith } from '../target/cni-of';
import type { PlatformFacts } from '../target/platform-facts';
import { versionFor } from '../target/version-for';
import { CILIUM } from '../target/versions';
import { insist } from '../values/guardrails-error';
import { insistArguments } from '../values/insist-typed';
import { problem } from '../values/problem';

/**
 * Options for `Cni.k3s`.
 */
export interface K3sCniOptions {
  /**
   * Whether the embedded network policy controller runs. `--disable-network-policy` turns it off.
   *
   * @default true
   */
  readonly networkPolicyController?: boolean;
}

/**
 * Options for `Cni.awsVpc`.
 */
export interface AwsVpcCniOptions {
  /**
   * Whether the add-on's network policy agent is on (`enableNetworkPolicy`). It is off in a new cluster.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html
   */
  readonly networkPolicy: boolean;
}

/**
 * Options for `Cni.other`.
 */
export interface OtherCniOptions {
  /**
   * Whether NetworkPolicy objects have an effect. Kubernetes stores them either way.
   */
  readonly enforcesNetworkPolicy: boolean;
}

/**
 * The network plugin of a cluster: it alone decides which policies have an effect.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#prerequisites
 * @example
 *
 * new Platform(app, 'platform', { cni: Cni.cilium('1.18', { mutualAuthentication: true }) });
 */
export class Cni {
  /**
   * Cilium: enforces NetworkPolicy, CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy.
   *
   * @param version minor version, 1.16 to 1.20; 1.18 when left out
   * @param options agent features that policies depend on
   * @throws when the version is not one that policies can be written for, or does not have an option
   */
  public static cilium(version?: string, options: CiliumOptions = {}): Cni {
    insistArguments('Cni.cilium', { version, options });
    return Cni.ofCilium('Cni.cilium', ENGINES.cilium, version, options);
  }

  /** Calico: enforces NetworkPolicy. */
  public static calico(): Cni { return new Cni(ENGINES.calico); }

  /** Canal, which is flannel with Calico's policy engine: enforces NetworkPolicy. */
  public static canal(): Cni { return new Cni(ENGINES.canal); }

  /** Antrea: enforces NetworkPolicy. */
  public static antrea(): Cni { return new Cni(ENGINES.antrea); }

  /** kindnet of kind v0.24 or newer: enforces NetworkPolicy. */
  public static kindnet(): Cni { return new Cni(ENGINES.kindnet); }

  /** kindnet as it came before kind v0.24: enforces nothing. */
  public static kindnetBeforeV024(): Cni { return new Cni(ENGINES.kindnetWithoutPolicy); }

  /** What k3s and k3d bring along: flannel, with a policy controller that enforces NetworkPolicy unless it was turned off. */
  public static k3s(options: K3sCniOptions = {}): Cni {
    insistArguments('Cni.k3s', { options });
    return new Cni(options.networkPolicyController ?? true ? ENGINES.k3s : ENGINES.k3sWithoutPolicy);
  }

  /** kube-router: enforces NetworkPolicy. */
  public static kubeRouter(): Cni { return new Cni(ENGINES.kubeRouter); }

  /** OVN-Kubernetes, as in OpenShift: enforces NetworkPolicy. */
  public static ovnKubernetes(): Cni { return new Cni(ENGINES.ovnKubernetes); }

  /** Amazon VPC CNI: enforces NetworkPolicy where its policy agent was turned on. */
  public static awsVpc(options: AwsVpcCniOptions): Cni {
    insistArguments('Cni.awsVpc', { options });
    return new Cni(options.networkPolicy ? ENGINES.awsVpc : ENGINES.awsVpcWithoutPolicy);
  }

  /**
   * Azure CNI: what is enforced was chosen when the cluster was created.
   *
   * @param ciliumVersion minor version of Cilium, with CILIUM_ACNS only; 1.18 when left out. `cilium version` on an agent tells it
   * @param options agent features that policies depend on, with CILIUM_ACNS only
   * @throws when another engine is given a version or options, and for a version or option as in `Cni.cilium`
   */
  public static azure(engine: AzurePolicyEngine, ciliumVersion?: string, options?: CiliumOptions): Cni {
    insistArguments('Cni.azure', { engine, ciliumVersion, options });
    const engines = {
      [AzurePolicyEngine.NPM]: ENGINES.azureNpm,
      [AzurePolicyEngine.CALICO]: ENGINES.azureCalico,
      [AzurePolicyEngine.CILIUM]: ENGINES.azureCilium,
      [AzurePolicyEngine.CILIUM_ACNS]: ENGINES.azureCiliumAcns,
      [AzurePolicyEngine.NONE]: ENGINES.azureNone,
    };
    if (engine === AzurePolicyEngine.CILIUM_ACNS) return Cni.ofCilium('Cni.azure', engines[engine], ciliumVersion, options);
    insist('Cni.azure', 'ciliumVersion', ciliumVersion === undefined && options === undefined ? undefined : problem(
      ciliumVersion ?? options, 'nothing but with AzurePolicyEngine.CILIUM_ACNS, which alone takes Cilium\'s policies', 'Leave it out.',
    ));
    return new Cni(engines[engine]);
  }

  /** GKE Dataplane V2: enforces NetworkPolicy. It runs on Cilium but does not take CiliumNetworkPolicy. */
  public static gkeDataplaneV2(): Cni { return new Cni(ENGINES.gkeDataplaneV2); }

  /** flannel on its own: enforces nothing. */
  public static flannel(): Cni { return new Cni(ENGINES.flannel); }

  /** A CNI that is not listed here. */
  public static other(name: string, options: OtherCniOptions): Cni {
    insistArguments('Cni.other', { name, options });
    return new Cni({
      name,
      enforcesNetworkPolicy: options.enforcesNetworkPolicy,
      enforcesCiliumPolicy: false,
      mend: 'Install a CNI that enforces policies, such as Cilium or Calico, and tell Platform.',
    });
  }

  /**
   * The CNI that a target file describes.
   *
   * @internal
   */
  public static _fromFacts(facts: PlatformFacts, at: string): Cni {
    const { engine, cilium, agent } = cniOf(facts, at);
    // A target file has been read with care by now.
    return new Cni(engine, cilium, agent as CiliumOptions | undefined);
  }

  private static ofCilium(factory: string, engine: CniEngine, version?: string, options: CiliumOptions = {}): Cni {
    const minor = versionFor(factory, CILIUM, version);
    insist(factory, 'cidrMatchesPods', agentProblem(minor, options));
    return new Cni(engineWith(engine, options), minor, options);
  }

  /** As the project calls itself. */
  public readonly name: string;

  /** Whether NetworkPolicy objects have an effect. */
  public readonly enforcesNetworkPolicy: boolean;

  /** Whether CiliumNetworkPolicy objects have an effect, and with them L7 rules, DNS names and entities. */
  public readonly enforcesCiliumPolicy: boolean;

  /**
   * Minor version of Cilium.
   *
   * @default - none, on any other CNI
   */
  public readonly ciliumVersion?: string;

  /** @internal */
  public readonly _mend: string;

  /**
   * The call that the version and the options of a Cilium go into.
   *
   * @internal
   */
  public readonly _factory: string;

  /** @internal */
  public readonly _cilium: Required<CiliumOptions>;

  private constructor(engine: CniEngine, ciliumVersion?: string, options: CiliumOptions = {}) {
    this.name = engine.name;
    this.enforcesNetworkPolicy = engine.enforcesNetworkPolicy;
    this.enforcesCiliumPolicy = engine.enforcesCiliumPolicy;
    this.ciliumVersion = ciliumVersion;
    this._mend = engine.mend ?? '';
    this._factory = engine.name === ENGINES.azureCiliumAcns.name ? 'Cni.azure(AzurePolicyEngine.CILIUM_ACNS, ' : 'Cni.cilium(';
    this._cilium = {
      nodeSelectors: options.nodeSelectors ?? false,
      mutualAuthentication: options.mutualAuthentication ?? false,
      sctp: options.sctp ?? false,
      hostFirewall: options.hostFirewall ?? false,
      normalizedPaths: options.normalizedPaths ?? true,
      cidrMatchesNodes: options.cidrMatchesNodes ?? false,
      cidrMatchesPods: options.cidrMatchesPods ?? false,
      policyEnforcementMode: options.policyEnforcementMode ?? CiliumPolicyEnforcement.DEFAULT,
    };
  }
}
