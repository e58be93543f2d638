import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { fluxContext } from './flux-context';
import { FluxKustomization } from './flux-kustomization';
import { FluxSource } from './flux-source';
import { FluxTenantOptions } from './flux-tenant-options';
import { GitRepository } from './git-repository';
import { OciRepository } from './oci-repository';
import { insistProps } from '../platform/insist-props';
import { addObject } from '../platform/kube-object';
import { objectsBelow } from '../platform/objects-below';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';
import { bindRole, RBAC } from '../tenancy/bind-role';
import { defaultAccountProblem, roleProblem, systemNamespaceProblem } from '../tenancy/check-access';
import { missingTenantRole, TENANT_ROLE_NAME } from '../tenancy/tenant-roles';
import { insist, refuse } from '../values/guardrails-error';
import { problem } from '../values/problem';

/**
 * Properties for `FluxTenant`.
 */
export interface FluxTenantProps extends FluxTenantOptions {
  /**
   * Name of the source and of the Kustomization.
   *
   * @default - the name of the namespace
   */
  readonly name?: string;

  /**
   * Namespace of the tenant.
   *
   * @default - the namespace of the tenant or chart that the construct is in
   */
  readonly namespace?: string;

  /**
   * A service account of the namespace that exists, to apply as.
   *
   * @default - one named `flux` is made, and bound to `role`
   */
  readonly serviceAccountName?: string;

  /**
   * The ClusterRole of the service account that is made, within the namespace. It is never cluster-admin.
   *
   * @default - the name of TenantRole, 'tenant-edit', of which the app must have one for the cluster
   */
  readonly role?: string;
}

const ACCOUNT = 'flux';

/**
 * A tenant's own repository, applied to its own namespace with its own rights: a service account, its binding, the source and the
 * Kustomization, all in the tenant's namespace. Whatever namespace the objects in the repository name, they land in the tenant's, and what
 * lies in no namespace is refused by the API server.
 *
 * `TenantNamespace` makes one with `gitops`. In a tree of `FluxApp` what it makes is applied after the tenant's guard, and nothing waits
 * for it: a repository that is broken fails in the tenant's namespace alone.
 *
 * @see https://fluxcd.io/flux/installation/configuration/multitenancy/
 * @example
 *
 * new FluxTenant(chart, 'payments-repository', {
 *   namespace: 'payments',
 *   git: { url: 'https://git.example.com/payments/deploy', branch: 'main' },
 *   path: './production',
 * });
 */
export class FluxTenant extends Construct {
  /** What applies the repository. */
  public readonly kustomization: FluxKustomization;

  /** The service account that the repository is applied as. */
  public readonly serviceAccountName: string;

  constructor(scope: Construct, id: string, props: FluxTenantProps) {
    super(scope, id);
    insistProps(this, 'FluxTenantProps', props);
    const { namespace } = fluxContext(this, props);
    const name = props.name ?? namespace;
    this.checkNamespace(namespace);
    this.checkAccount(props);
    this.serviceAccountName = props.serviceAccountName ?? ACCOUNT;
    if (props.serviceAccountName === undefined) this.addAccount(namespace, props.role);
    if (props.helmReleases) this.addReleaseRights(name, namespace);
    this.kustomization = new FluxKustomization(this, 'Kustomization', {
      name,
      namespace,
      source: this.source(name, namespace, props),
      path: props.path,
      interval: props.interval,
      retryInterval: props.retryInterval,
      timeout: props.timeout,
      prune: props.prune ?? true,
      wait: props.wait ?? true,
      deletionPolicy: props.deletionPolicy,
      decryption: props.decryption,
      serviceAccountName: this.serviceAccountName,
      targetNamespace: namespace,
    });
  }

  /** The objects, for JSON patches. */
  public get apiObjects(): ApiObject[] {
    return objectsBelow(this);
  }

  private checkNamespace(namespace: string): void {
    insist(where(this), 'namespace', systemNamespaceProblem(namespace, Platform.of(this).systemNamespaces));
  }

  private checkAccount({ serviceAccountName, role }: FluxTenantProps): void {
    const at = where(this);
    if (role !== undefined) insist(at, 'role', roleProblem(role, Platform.of(this).fluxLockdown));
    if (serviceAccountName !== undefined) insist(at, 'serviceAccountName', defaultAccountProblem(serviceAccountName));
    if (serviceAccountName !== undefined && role !== undefined) {
      refuse(at, 'role', problem(role, 'none beside serviceAccountName, which has its rights already', 'Leave one of them out.'));
    }
  }

  private source(name: string, namespace: string, { git, oci }: FluxTenantOptions): FluxSource {
    if (git && !oci) return new GitRepository(this, 'Source', { ...git, name, namespace }).source;
    if (oci && !git) return new OciRepository(this, 'Source', { ...oci, name, namespace }).source;
    return refuse(where(this), 'git', {
      given: git ? 'git and oci' : 'no repository',
      allowed: 'one of git and oci',
      mend: git ? 'Create a FluxTenant for each.' : 'Pass `git: { url, branch }`, or `oci: { url, tag }`.',
    });
  }

  private addAccount(namespace: string, role?: string): void {
    const account = { name: ACCOUNT, namespace };
    addObject(this, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: account, automountServiceAccountToken: false }, 'Account');
    bindRole(this, 'Binding', account, role ?? TENANT_ROLE_NAME, [{ kind: 'ServiceAccount', ...account }]);
    if (role === undefined) this.node.addValidation({ validate: () => missingTenantRole(this) });
  }

  /** What the account needs to apply, wait for and prune releases, and nothing that runs an image or applies a repository of its own. */
  private addReleaseRights(tenant: string, namespace: string): void {
    if (!Platform.of(this).fluxLockdown) {
      refuse(where(this), 'helmReleases', problem(
        true, 'none while Flux is not locked down, since it installs a release that names no service account as cluster-admin',
        'Leave it out, or lock Flux down and drop `fluxLockdown: false` from Platform.',
      ));
    }
    const name = `${tenant}-helm-releases`;
    const verbs = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];
    addObject(this, {
      apiVersion: `${RBAC}/v1`,
      kind: 'Role',
      metadata: { name, namespace },
      rules: [
        { apiGroups: ['helm.toolkit.fluxcd.io'], resources: ['helmreleases'], verbs },
        { apiGroups: ['source.toolkit.fluxcd.io'], resources: ['helmrepositories', 'ocirepositories'], verbs },
      ],
    }, 'ReleaseRole');
    addObject(this, {
      apiVersion: `${RBAC}/v1`,
      kind: 'RoleBinding',
      metadata: { name, namespace },
      roleRef: { apiGroup: RBAC, kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name: this.serviceAccountName, namespace }],
    }, 'ReleaseBinding');
  }
}
