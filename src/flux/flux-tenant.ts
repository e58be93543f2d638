import { Construct } from 'constructs';
import { fluxContext } from './flux-context';
import { FluxKustomization } from './flux-kustomization';
import { FluxSource } from './flux-source';
import { FluxTenantOptions } from './flux-tenant-options';
import { GitRepository } from './git-repository';
import { OciRepository } from './oci-repository';
import { insistProps } from '../platform/insist-props';
import { addObject } from '../platform/kube-object';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';
import { roleProblem } from '../tenancy/check-access';
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

const RBAC = 'rbac.authorization.k8s.io';
const ACCOUNT = 'flux';

/**
 * A tenant's own repository, applied to its own namespace with its own rights: a service account, its binding, the source and the
 * Kustomization, all in the tenant's namespace. Whatever namespace the objects in the repository name, they land in the tenant's, and what
 * lies in no namespace is refused by the API server.
 *
 * `TenantNamespace` makes one with `gitops`.
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

  private checkNamespace(namespace: string): void {
    const { systemNamespaces } = Platform.of(this);
    if (!systemNamespaces.includes(namespace)) return;
    refuse(where(this), 'namespace', problem(
      namespace, `a namespace that is not the platform's own: ${systemNamespaces.join(', ')}`, 'Pass the namespace of the tenant.',
    ));
  }

  private checkAccount({ serviceAccountName, role }: FluxTenantProps): void {
    const at = where(this);
    if (role !== undefined) insist(at, 'role', roleProblem(role, Platform.of(this).fluxLockdown));
    if (serviceAccountName === 'default') {
      refuse(at, 'serviceAccountName', problem(
        serviceAccountName, 'a service account of its own', 'Pods that name no service account run as `default`: take another one.',
      ));
    }
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
    addObject(this, {
      apiVersion: `${RBAC}/v1`,
      kind: 'RoleBinding',
      // A binding's role cannot be changed in place: without this Flux would stop at the first change.
      metadata: { name: ACCOUNT, namespace, annotations: { 'kustomize.toolkit.fluxcd.io/force': 'Enabled' } },
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role ?? TENANT_ROLE_NAME },
      subjects: [{ kind: 'ServiceAccount', ...account }],
    }, 'Binding');
    if (role === undefined) this.node.addValidation({ validate: () => missingTenantRole(this) });
  }
}
