import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { bindRole, RBAC } from './bind-role';
import { checkAccess, systemNamespaceProblem } from './check-access';
import { RemovalPolicy } from './removal-policy';
import { containerLimits, quotaFigures } from './render-quota';
import { strayObjects } from './stray-objects';
import { TenantEgress } from './tenant-egress';
import { prefixProblem, PRUNE_ANNOTATION, refuseReservedAnnotations, refuseReservedLabels, teamProblem } from './tenant-labels';
import { TenantNamespaceProps, TenantProps } from './tenant-namespace-props';
import { missingTenantRole, TENANT_ROLE_NAME } from './tenant-roles';
import { TenantSize } from './tenant-size';
import { TenantWorkloadOptions } from './tenant-workload-options';
import { AllowFqdn } from '../cilium/allow-fqdn';
import { FluxDeletionPolicy } from '../flux/flux-kustomization-props';
import { FluxTenant } from '../flux/flux-tenant';
import { AllowDns } from '../network/allow-dns';
import { AllowGateway } from '../network/allow-gateway';
import { AllowInternet } from '../network/allow-internet';
import { AllowSameNamespace } from '../network/allow-same-namespace';
import { AllowScrape } from '../network/allow-scrape';
import { DefaultDeny } from '../network/default-deny';
import { Port } from '../network/port';
import { Workload } from '../network/workload';
import { insistProps } from '../platform/insist-props';
import { addObject } from '../platform/kube-object';
import { providesNamespace } from '../platform/namespace-of';
import { objectsBelow } from '../platform/objects-below';
import { Platform } from '../platform/platform';
import { PodSecurityLevel } from '../platform/pod-security-level';
import { where } from '../platform/where';
import { MADE_HERE, MANAGED_LABEL } from '../target/well-known-labels';
import { insist } from '../values/guardrails-error';
import { insistArguments } from '../values/insist-typed';
import { dnsLabelProblem } from '../values/names';
import { problem } from '../values/problem';

const DEPLOYER = 'deployer';
const KEEP = { [PRUNE_ANNOTATION]: 'disabled' };

/**
 * A namespace for a team, with all that keeps it apart from the others: labels, Pod Security, quota and container limits, access
 * for its people and its deployer, a default service account without a token, and a default deny with DNS.
 *
 * Constructs of this library that are created below it live in its namespace. Those of cdk8s and cdk8s-plus take the namespace of
 * their chart: create them in a chart that has the tenant's. What would land elsewhere unsaid is an error at synth.
 *
 * @see https://kubernetes.io/docs/concepts/security/multi-tenancy/
 * @example
 *
 * const payments = new TenantNamespace(chart, 'payments', { team: 'payments', removal: RemovalPolicy.RETAIN });
 * const api = payments.workload('api', { labels: { app: 'payments-api' } });
 */
export class TenantNamespace extends Construct {
  /**
   * Makes a tenant of a namespace that exists, whoever made it: everything but the namespace itself. Labels and Pod Security are
   * then its maker's business; without the label `platform.io/managed: "true"` the platform's Kyverno policies pass it by. With it,
   * generators make theirs beside the tenant's own: exclude the namespace from them.
   *
   * What runs in the namespace is cut off as soon as the default deny is applied: from then on nothing passes but DNS and what `props`
   * and policies of its own allow. Write the allows first, and look at them with `guardrails map`; the quota holds for pods that are
   * started later, and those in it already count against it.
   *
   * There is no `removal`, since the namespace is not the tenant's to remove. When the tenant leaves the repository, it is as with
   * `RemovalPolicy.RETAIN`: what runs in the namespace runs on and stays isolated, and allows, quota, limits, access and the deployer go.
   * Delete the NetworkPolicy `default-deny` where the namespace shall be open again as before. The service account `default` stays
   * without its token.
   */
  public static adopt(scope: Construct, id: string, props: TenantProps): TenantNamespace {
    insistArguments('TenantNamespace.adopt', { props });
    return new AdoptedNamespace(scope, id, { ...props, removal: RemovalPolicy.RETAIN });
  }

  /** Name of the namespace. */
  public readonly name: string;

  /** The isolation of the namespace. */
  public readonly defaultDeny: DefaultDeny;

  /** Every pod of the namespace. */
  public readonly allPods: Workload;

  /** What applies the tenant's own repository, if it has one. */
  public readonly gitops?: FluxTenant;

  /** The objects that come with the tenant, for JSON patches; not those that are created below it later. */
  public readonly apiObjects: ApiObject[];

  constructor(scope: Construct, id: string, props: TenantNamespaceProps) {
    super(scope, id);
    insistProps(this, 'TenantNamespaceProps', props);
    const at = where(this);
    this.name = props.name ?? id;
    insist(at, 'name', dnsLabelProblem(this.name));
    insist(at, 'team', teamProblem(props.team));
    providesNamespace(this, this.name);
    const { systemNamespaces, fluxLockdown } = Platform.of(this);
    insist(at, 'name', systemNamespaceProblem(this.name, systemNamespaces));
    checkAccess(at, props, fluxLockdown);
    this._addNamespace(props);
    this.addLimits(props);
    this.addAccess(props);
    this.defaultDeny = new DefaultDeny(this, 'DefaultDeny', { dns: props.dns });
    this.keepIsolation(props);
    this.allPods = Workload.allPods(this, 'AllPods');
    this.addTraffic(props);
    this.gitops = this.addGitops(props);
    this.apiObjects = objectsBelow(this);
    const own = new Set(this.node.children);
    this.node.addValidation({ validate: () => strayObjects(this, this.name, this.node.children.filter(child => !own.has(child))) });
  }

  /**
   * A workload of the tenant.
   *
   * @param id what the workload is called, also in the names of policies
   */
  public workload(id: string, options: TenantWorkloadOptions): Workload {
    insistArguments('TenantNamespace.workload', { id, options }, where(this));
    return new Workload(this, id, { ...options, namespace: this.name });
  }

  /** The policy that lets the pods look up names, if there is one. */
  public get allowDns(): AllowDns | undefined {
    return this.defaultDeny.allowDns;
  }

  /** @internal */
  protected _addNamespace(props: TenantNamespaceProps): void {
    const at = where(this);
    const prefix = props.labelPrefix ?? 'platform.io';
    insist(at, 'labelPrefix', prefixProblem(prefix));
    refuseReservedLabels(at, props.labels ?? {}, prefix);
    refuseReservedAnnotations(at, props.annotations ?? {});
    const level = props.podSecurity ?? PodSecurityLevel.RESTRICTED;
    const version = props.podSecurityVersion ?? 'latest';
    if (!/^(latest|v1\.\d+)$/.test(version)) {
      insist(at, 'podSecurityVersion', problem(version, 'latest, or a version such as v1.33', 'Write it so.'));
    }
    const podSecurity = ['enforce', 'audit', 'warn'].flatMap(mode => [
      [`pod-security.kubernetes.io/${mode}`, level],
      [`pod-security.kubernetes.io/${mode}-version`, version],
    ]);
    addObject(this, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: this.name,
        labels: {
          ...props.labels,
          ...MADE_HERE,
          'toolkit.fluxcd.io/tenant': props.team,
          [MANAGED_LABEL]: 'true',
          [`${prefix}/team`]: props.team,
          ...(props.environment !== undefined && { [`${prefix}/environment`]: props.environment }),
          ...(props.costCenter !== undefined && { [`${prefix}/cost-center`]: props.costCenter }),
          ...Object.fromEntries(podSecurity),
        },
        annotations: { ...props.annotations, ...(props.removal === RemovalPolicy.RETAIN && KEEP) },
      },
    });
  }

  /** A namespace that stays stays isolated: its pods run on when the rest of the tenant is gone. */
  private keepIsolation({ removal }: TenantNamespaceProps): void {
    if (removal !== RemovalPolicy.RETAIN) return;
    Object.entries(KEEP).forEach(([key, value]) => this.defaultDeny.apiObject.metadata.addAnnotation(key, value));
  }

  private addLimits({ size, quota, containerLimits: limits }: TenantProps): void {
    const at = where(this);
    this.add('Quota', 'v1', 'ResourceQuota', 'tenant', { spec: { hard: quotaFigures(at, size ?? TenantSize.MEDIUM, quota) } });
    this.add('Limits', 'v1', 'LimitRange', 'tenant', { spec: { limits: [containerLimits(at, limits)] } });
  }

  private addAccess({ editors = [], viewers = [], role: given, deployer = DEPLOYER }: TenantProps): void {
    const role = given ?? TENANT_ROLE_NAME;
    // What every pod runs as that names no other: it exists already, so Flux must not delete it with the rest.
    this.add('DefaultServiceAccount', 'v1', 'ServiceAccount', 'default', { automountServiceAccountToken: false }, KEEP);
    this.add('Deployer', 'v1', 'ServiceAccount', deployer, { automountServiceAccountToken: false });
    const account = { kind: 'ServiceAccount', name: deployer, namespace: this.name };
    const named = (name: string) => ({ name, namespace: this.name });
    bindRole(this, 'DeployerRole', named('deployer'), role, [account]);
    if (editors.length > 0) bindRole(this, 'Editors', named('editors'), role, groups(editors));
    if (viewers.length > 0) bindRole(this, 'Viewers', named('viewers'), 'view', groups(viewers));
    // A role that is named may come from anywhere; the default one has to be here.
    if (given === undefined) this.node.addValidation({ validate: () => missingTenantRole(this) });
  }

  private addTraffic(props: TenantProps): void {
    const platform = Platform.of(this);
    const scrapePorts = props.scrapePorts ?? (platform.prometheus ? [Port.named('metrics')] : []);
    if (props.sameNamespace) new AllowSameNamespace(this, 'SameNamespace');
    if (props.gatewayPorts && props.gatewayPorts.length > 0) {
      new AllowGateway(this, 'Gateway', { to: this.allPods, ports: props.gatewayPorts });
    }
    if (scrapePorts.length > 0) new AllowScrape(this, 'Scrape', { to: this.allPods, ports: scrapePorts });
    if (props.egress === TenantEgress.HTTPS) new AllowInternet(this, 'Internet', { from: this.allPods, ports: [Port.tcp(443)] });
    if (props.egressFqdns && props.egressFqdns.length > 0) {
      new AllowFqdn(this, 'Fqdns', { from: this.allPods, names: props.egressFqdns, name: 'allow-all-pods-to-fqdns' });
    }
  }

  /** Where the namespace stays, so does what runs in it. */
  private addGitops({ gitops, deployer = DEPLOYER, removal }: TenantNamespaceProps): FluxTenant | undefined {
    if (!gitops) return undefined;
    const deletionPolicy = removal === RemovalPolicy.RETAIN ? FluxDeletionPolicy.ORPHAN : undefined;
    return new FluxTenant(this, 'Gitops', { deletionPolicy, ...gitops, serviceAccountName: deployer });
  }

  private add(id: string, apiVersion: string, kind: string, name: string, content: object, annotations?: Record<string, string>): void {
    addObject(this, { apiVersion, kind, metadata: { name, namespace: this.name, annotations }, ...content }, id);
  }
}

/** A tenant whose namespace somebody else makes. */
class AdoptedNamespace extends TenantNamespace {
  protected override _addNamespace(): void {}
}

// Errors name the class of a construct: here the one whose factory was called.
Object.defineProperty(AdoptedNamespace, 'name', { value: TenantNamespace.name });

function groups(names: string[]): object[] {
  return [...new Set(names)].sort().map(name => ({ apiGroup: RBAC, kind: 'Group', name }));
}
