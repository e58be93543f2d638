import { type FileTree, fileOf } from './file-tree';
import type { Manifest } from '../../manifests/manifest';
import type { Located } from '../finding';
import { scopeOf } from '../kubernetes/scope';
import { asObject, asString } from '../read';

/** A folder with a build file of kustomize that puts all that it builds into one namespace. */
interface Builder {
  readonly file: string;
  readonly namespace: string;
  readonly reached: ReadonlySet<string>;
}

/** The namespaces that build files of kustomize put files into. */
export class BuiltNamespaces {
  private readonly builders: readonly Builder[];

  constructor(tree: FileTree) {
    this.builders = [...tree.builds].flatMap(([folder, located]) => {
      const namespace = namespaceIn(located);
      return namespace === undefined ? [] : [{ file: fileOf(located)!, namespace, reached: tree.reach(folder) }];
    });
  }

  /** One for each build that is no part of another, as the outermost overrides the others; by some of the build files only, where given. */
  of(file: string, among?: ReadonlySet<string>): string[] {
    const own = this.builders.filter(builder => builder.reached.has(file) && builder.file !== file && (among?.has(builder.file) ?? true));
    const outermost = own.filter(({ file: inner }) => !own.some(other => other.file !== inner && other.reached.has(inner)));
    return [...new Set(outermost.map(({ namespace }) => namespace))];
  }
}

/** The namespace that a build file puts everything into. */
export function namespaceIn({ object }: Located): string | undefined {
  return BUILD_GROUP.test(object.apiVersion) ? asString(object.namespace) || undefined : undefined;
}

const BUILD_GROUP = /^kustomize\.config\.k8s\.io\//;

/**
 * An object as kustomize puts it into a namespace: whatever it says itself, and a Namespace gets the name.
 *
 * @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/namespace/
 */
export function inNamespace(object: Manifest, namespace: string | undefined): Manifest {
  if (namespace === undefined || !asObject(object.metadata) || BUILD_GROUP.test(object.apiVersion)) return object;
  if (object.kind === 'Namespace' && object.apiVersion === 'v1') return { ...object, metadata: { ...object.metadata, name: namespace } };
  return scopeOf(object) === 'cluster' ? object : { ...object, metadata: { ...object.metadata, namespace } };
}
