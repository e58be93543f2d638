import { App, type AppProps, IResolver } from 'cdk8s';
import { bootstrapTree } from './bootstrap-tree';
import { clustersOf, objectsOf, stagedObjects, tenantsOf } from './cluster-objects';
import { FluxLayout } from './flux-layout';
import { stockFolder, writeMetadata, writeStock } from './stock-output';
import { syncUnits } from './sync-units';
import { clusterFiles } from './tree-files';
import { changeLines, shortened, tellChanges } from './tree-report';
import type { TreeFile } from '../../manifests/tree-file';
import { compareTree, writeTree } from '../../manifests/write-tree';
import { renderingOnce } from '../../platform/render-object';
import { refuse } from '../../values/guardrails-error';
import { insistStruct } from '../../values/insist-typed';

/**
 * Properties for `FluxApp`.
 */
export interface FluxAppProps {
  /**
   * Folder of the tree, which one program writes. Others may keep files in it: only what the program wrote is changed or removed. The
   * output folder of `cdk8s synth` has to be another one, since the command empties it.
   *
   * @default 'deploy'
   */
  readonly outdir?: string;

  /**
   * How the tree is laid out.
   *
   * @default FluxLayout.monorepo()
   */
  readonly layout?: FluxLayout;

  /**
   * Resolvers for values that are only known at synth, as for `App`.
   *
   * @default - none
   */
  readonly resolvers?: IResolver[];
}

/**
 * A cdk8s app that writes a tree for Flux to sync: for each `FluxCluster` the Flux Kustomizations, in order, and below them a folder for
 * each stage and tenant, with a file for each object. What brings a cluster up before Flux lies in `bootstrap/<cluster>`, which Flux does
 * not sync.
 *
 * The tree is meant to be committed. A file in it is complete or absent at any time; the same program writes the same bytes; and what a
 * run added, changed and removed is told on stderr. `.guardrails.sha256` at its root lists what was written: commit it too.
 *
 * `cdk8s synth` works as ever. The tree goes to `outdir`; the command's own output folder, `dist` unless cdk8s.yaml says otherwise, gets
 * plain manifests, a file for each cluster, which need not be committed.
 *
 * In CI, `GUARDRAILS_CHECK=1 cdk8s synth` writes no tree, and fails when the one in the repository is not what the program says.
 *
 * @see https://fluxcd.io/flux/guides/repository-structure/
 * @example
 *
 * const app = new FluxApp({ outdir: 'deploy', layout: FluxLayout.monorepo({ source: 'flux-system' }) });
 * for (const environment of ['staging', 'production']) {
 *   const cluster = new FluxCluster(app, environment);
 *   new TenantRole(cluster.policies, 'tenant-role');
 *   new TenantNamespace(cluster.tenants, 'payments', { team: 'payments', environment, removal: RemovalPolicy.RETAIN });
 * }
 * app.synth();
 */
export class FluxApp extends App {
  private readonly layout: FluxLayout;
  private readonly stock?: string;

  constructor(props: FluxAppProps = {}) {
    super(checked(props));
    this.stock = stockFolder(this.outdir);
    this.layout = props.layout ?? FluxLayout.monorepo();
    this.layout._plan(this.outdir);
  }

  /**
   * Writes the tree, and says on stderr what has changed. With `GUARDRAILS_CHECK=1` in the environment it writes nothing.
   *
   * @throws when something in the app is wrong, when a file of somebody else or one that was changed by hand is in the way, or when the
   * tree is not current and `GUARDRAILS_CHECK` is set
   */
  public override synth(): void {
    const files = this.render(this.stock);
    if (isSet(process.env.GUARDRAILS_CHECK)) this.insistCurrent(files);
    else tellChanges(this.outdir, writeTree(this.outdir, files));
  }

  /**
   * What `synth` would change in the tree, without changing it: lines such as `changed rendered/staging/policies/kustomization.yaml`. None
   * when the tree is current.
   *
   * @throws when something in the app is wrong
   */
  public check(): string[] {
    return changeLines(compareTree(this.outdir, this.render()));
  }

  private insistCurrent(files: TreeFile[]): void {
    const lines = changeLines(compareTree(this.outdir, files));
    if (lines.length === 0) return;
    refuse(`${this.outdir} (tree)`, 'GUARDRAILS_CHECK', {
      given: `a tree that is not current:\n${shortened(lines)}`,
      allowed: 'the tree that the program writes',
      mend: 'Run `cdk8s synth` and commit what it changes.',
    });
  }

  private render(stock?: string): TreeFile[] {
    const clusters = clustersOf(this);
    const objects = renderingOnce(() => {
      this.validate();
      return objectsOf(this);
    });
    const staged = stagedObjects(clusters, objects);
    const plan = this.layout._plan(this.outdir);
    const parts = clusters.map(cluster => clusterFiles(cluster, syncUnits(staged.get(cluster)!, tenantsOf(cluster)), plan));
    if (stock !== undefined) {
      writeStock(stock, new Map(clusters.map((cluster, index) => [cluster, parts[index]!.texts])));
      if (process.env.CDK8S_RECORD_CONSTRUCT_METADATA === 'true') writeMetadata(stock, objects);
    }
    return [...parts.flatMap(({ files }) => files), ...bootstrapTree(this, clusters)];
  }

  private validate(): void {
    const errors = this.node.findAll().flatMap(construct => construct.node.validate().map(error => `[${construct.node.path}] ${error}`));
    if (errors.length > 0) throw new Error(`Validation failed with the following errors:\n  ${errors.join('\n  ')}`);
  }
}

/** Before App takes them. */
function checked(props: FluxAppProps): AppProps {
  insistStruct('FluxApp', 'props', 'FluxAppProps', props);
  return { outdir: props.outdir ?? 'deploy', resolvers: props.resolvers };
}

function isSet(variable: string | undefined): boolean {
  return variable !== undefined && !['', '0', 'false'].includes(variable);
}
