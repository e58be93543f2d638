import { isAbsolute, normalize } from 'node:path';
import type { LayoutPlan } from './layout-plan';
import { insist, refuse } from '../../values/guardrails-error';
import { insistArguments } from '../../values/insist-typed';
import { objectNameProblem } from '../../values/names';
import { problem } from '../../values/problem';
import { FluxSourceKind } from '../flux-source';

/**
 * Options for `FluxLayout.monorepo`.
 */
export interface MonorepoLayoutOptions {
  /**
   * Name of the GitRepository that Flux syncs, in the namespace of the Kustomizations. `flux bootstrap` makes one.
   *
   * @default 'flux-system'
   */
  readonly source?: string;

  /**
   * Folder of the tree in the repository, from the repository's root.
   *
   * @default - the app's `outdir`, if that is relative: right for a program that is run at the root of the repository
   */
  readonly path?: string;
}

/**
 * Options for `FluxLayout.artifact`.
 */
export interface ArtifactLayoutOptions {
  /**
   * Name of the OCIRepository that Flux syncs, in the namespace of the Kustomizations.
   *
   * @default 'flux-system'
   */
  readonly source?: string;
}

/**
 * How the tree of a `FluxApp` is laid out.
 *
 * @see https://fluxcd.io/flux/guides/repository-structure/
 */
export class FluxLayout {
  /**
   * A Git repository that holds all clusters. `clusters/<cluster>/sync` has the Flux Kustomizations of a cluster: bootstrap Flux with
   * `--path=<outdir>/clusters/<cluster>`, and it puts its own folder `flux-system` beside. `rendered/<cluster>` has what they apply.
   */
  public static monorepo(options: MonorepoLayoutOptions = {}): FluxLayout {
    insistArguments('FluxLayout.monorepo', { options });
    const name = options.source ?? 'flux-system';
    insist('FluxLayout.monorepo', 'source', objectNameProblem(name));
    return new FluxLayout(outdir => {
      const root = options.path === undefined ? relativeOutdir(outdir) : cleanPath(options.path);
      return {
        folderOf: cluster => `rendered/${cluster}`,
        sync: {
          folderOf: cluster => `clusters/${cluster}/sync`,
          pathOf: (cluster, folder) => `./${root}rendered/${cluster}/${folder}`,
          source: { kind: FluxSourceKind.GIT_REPOSITORY, name },
        },
      };
    });
  }

  /**
   * Rendered manifests as OCI artifacts, one for each cluster: `flux push artifact oci://... --path=<outdir>/<cluster>`. Have Flux sync
   * `./sync` of it, for instance by `spec.sync.path` of a FluxInstance; what that applies lies in the same artifact.
   *
   * @see https://fluxcd.io/flux/cheatsheets/oci-artifacts/
   */
  public static artifact(options: ArtifactLayoutOptions = {}): FluxLayout {
    insistArguments('FluxLayout.artifact', { options });
    const name = options.source ?? 'flux-system';
    insist('FluxLayout.artifact', 'source', objectNameProblem(name));
    return new FluxLayout(() => ({
      folderOf: cluster => cluster,
      sync: {
        folderOf: cluster => `${cluster}/sync`,
        pathOf: (_, folder) => `./${folder}`,
        source: { kind: FluxSourceKind.OCI_REPOSITORY, name },
      },
    }));
  }

  /**
   * One folder for each cluster, without any Flux object: for those who apply it their own way. Nothing says what comes first.
   */
  public static folder(): FluxLayout {
    return new FluxLayout(() => ({ folderOf: cluster => cluster }));
  }

  /**
   * @internal
   */
  public readonly _plan: (outdir: string) => LayoutPlan;

  private constructor(plan: (outdir: string) => LayoutPlan) {
    this._plan = plan;
  }
}

function relativeOutdir(outdir: string): string {
  const path = normalize(outdir).replaceAll('\\', '/');
  if (isAbsolute(outdir) || path.startsWith('..')) {
    refuse('FluxLayout.monorepo', 'path', problem(
      undefined, `a folder of the repository, since the outdir ${outdir} does not tell`, 'Pass `path`, from the root of the repository.',
    ));
  }
  return cleanPath(path);
}

/** A path from the root of a repository, empty or with a slash at its end. */
function cleanPath(path: string): string {
  const steps = path.split('/').filter(step => step !== '' && step !== '.');
  if (path.startsWith('/') || steps.includes('..')) {
    insist('FluxLayout.monorepo', 'path', problem(path, 'a folder below the root of the repository', 'Write it as deploy or infra/deploy.'));
  }
  return steps.map(step => `${step}/`).join('');
}
