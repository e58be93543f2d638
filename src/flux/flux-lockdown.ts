import { FluxPatch } from './flux-patch';
import { renderPatch } from './render-parts';
import { printYaml } from '../manifests/print-yaml';
import { insist, refuse } from '../values/guardrails-error';
import { insistStruct } from '../values/insist-typed';
import { serviceAccountNameProblem } from '../values/names';
import { problem } from '../values/problem';

/**
 * Options for `FluxLockdown`.
 */
export interface FluxLockdownOptions {
  /**
   * Service account that tenants act as who name none, in their own namespace. It should have no rights.
   *
   * @default 'default'
   */
  readonly defaultServiceAccount?: string;

  /**
   * Service account that the platform's own Kustomization acts as.
   *
   * @default 'kustomize-controller'
   */
  readonly platformServiceAccount?: string;

  /**
   * Files that stand beside kustomization.yaml.
   *
   * @default ['gotk-components.yaml', 'gotk-sync.yaml']
   */
  readonly resources?: string[];

  /**
   * More patches for Flux itself.
   *
   * @default - none
   */
  readonly patches?: FluxPatch[];
}

const REFERRING = [
  'helm-controller', 'image-automation-controller', 'image-reflector-controller', 'kustomize-controller', 'notification-controller',
];
const APPLYING = ['helm-controller', 'kustomize-controller'];

/**
 * Multi-tenancy lockdown of Flux: no references across namespaces, no remote bases, and no rights for whoever names no service account.
 * Without it, whoever may create a Kustomization in a namespace owns the cluster.
 *
 * It is not part of the tree, since the folder `clusters/<cluster>/flux-system` belongs to `flux bootstrap`: write the text to
 * `kustomization.yaml` there, before or after bootstrapping, and commit it. A `Platform` takes Flux for locked down unless told so.
 *
 * @see https://fluxcd.io/flux/installation/configuration/multitenancy/
 * @example
 *
 * new FluxLockdown().toYaml();
 */
export class FluxLockdown {
  /** The patches, in order. */
  public readonly patches: FluxPatch[];

  private readonly resources: string[];

  constructor(options: FluxLockdownOptions = {}) {
    insistStruct('FluxLockdown', 'options', 'FluxLockdownOptions', options);
    const { defaultServiceAccount = 'default', platformServiceAccount = 'kustomize-controller' } = options;
    insist('FluxLockdown', 'defaultServiceAccount', serviceAccountNameProblem(defaultServiceAccount));
    insist('FluxLockdown', 'platformServiceAccount', serviceAccountNameProblem(platformServiceAccount));
    if (defaultServiceAccount === platformServiceAccount) {
      refuse('FluxLockdown', 'defaultServiceAccount', problem(
        defaultServiceAccount, 'another service account than the platform\'s own', 'Leave it out for \'default\', which has no rights.',
      ));
    }
    this.resources = options.resources ?? ['gotk-components.yaml', 'gotk-sync.yaml'];
    if (this.resources.length === 0) {
      refuse('FluxLockdown', 'resources', { given: 'none', allowed: 'the files of Flux itself', mend: 'Leave `resources` out.' });
    }
    this.patches = [
      argument('--no-cross-namespace-refs=true', REFERRING),
      argument('--no-remote-bases=true', ['kustomize-controller']),
      argument(`--default-service-account=${defaultServiceAccount}`, APPLYING),
      {
        // The platform names the account that it acts as, since the default one is meant for tenants.
        patch: printYaml([{ op: 'add', path: '/spec/serviceAccountName', value: platformServiceAccount }]),
        target: { group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization', name: 'flux-system' },
      },
      ...options.patches ?? [],
    ];
  }

  /** The text of `clusters/<cluster>/flux-system/kustomization.yaml`. */
  public toYaml(): string {
    return printYaml({
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      resources: this.resources,
      patches: this.patches.map(renderPatch),
    });
  }
}

/** Adds an argument to the only container of these controllers. */
function argument(value: string, controllers: readonly string[]): FluxPatch {
  return {
    patch: printYaml([{ op: 'add', path: '/spec/template/spec/containers/0/args/-', value }]),
    target: { kind: 'Deployment', name: controllers.length === 1 ? controllers[0] : `(${controllers.join('|')})` },
  };
}
