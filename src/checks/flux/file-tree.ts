import { basename, dirname, join } from 'node:path/posix';
import type { Located } from '../finding';
import { isKind } from '../read';

/** What kustomize reads in a folder. */
export const BUILD_FILE = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/;

/** The files that objects were read from, and what kustomize and Flux make of their folders. */
export class FileTree {
  readonly files = new Map<string, Located>();
  /** Build files by their folder. */
  readonly builds = new Map<string, Located>();
  private readonly filesIn = new Map<string, string[]>();
  private readonly foldersByName = new Map<string, string[]>();
  private readonly foldersIn = new Map<string, Set<string>>();
  private readonly reaches = new Map<string, ReadonlySet<string>>();

  constructor(objects: readonly Located[]) {
    for (const located of objects) {
      const file = fileOf(located);
      if (file === undefined || this.files.has(file)) continue;
      this.files.set(file, located);
      this.addFile(file);
      if (BUILD_FILE.test(file) && isKind(located, 'kustomize.config.k8s.io', located.object.kind)) this.builds.set(dirname(file), located);
    }
    for (const folder of this.foldersIn.keys()) {
      const same = this.foldersByName.get(basename(folder));
      if (same) same.push(folder);
      else this.foldersByName.set(basename(folder), [folder]);
    }
  }

  /** The folder that a path of a repository leads to, wherever the repository lies. */
  folderFor(path: string): string | undefined {
    const clean = join('/', path).slice(1).replace(/\/$/, '');
    return this.foldersByName.get(basename(clean))?.find(folder => folder === clean || folder.endsWith(`/${clean}`));
  }

  /**
   * The files that come with a folder: its build file and what that names, or, as Flux writes one where there is none, everything below,
   * where a folder with a build file counts as that.
   */
  reach(folder: string): ReadonlySet<string> {
    const known = this.reaches.get(folder);
    if (known) return known;
    const reached = new Set<string>();
    // Before looking further: build files may name each other.
    this.reaches.set(folder, reached);
    const build = this.builds.get(folder);
    if (build) {
      reached.add(fileOf(build)!);
      for (const text of texts(build.object)) this.addNamed(join(folder, text), reached);
    } else {
      for (const file of this.filesIn.get(folder) ?? []) reached.add(file);
      for (const below of this.foldersIn.get(folder) ?? []) addAll(reached, this.reach(below));
    }
    return reached;
  }

  isBuild(file: string): boolean {
    return this.builds.get(dirname(file)) === this.files.get(file);
  }

  /** The folder of the build file that decides about a file. */
  buildAbove(file: string): string | undefined {
    for (let folder = dirname(file); ; folder = dirname(folder)) {
      if (this.builds.has(folder)) return folder;
      if (folder === dirname(folder)) return undefined;
    }
  }

  private addFile(file: string): void {
    const folder = dirname(file);
    const files = this.filesIn.get(folder);
    if (files) files.push(file);
    else this.filesIn.set(folder, [file]);
    for (let below = folder, above = dirname(folder); below !== above; below = above, above = dirname(above)) {
      const folders = this.foldersIn.get(above) ?? new Set();
      this.foldersIn.set(above, folders.add(below));
    }
    if (!this.foldersIn.has(folder)) this.foldersIn.set(folder, new Set());
  }

  private addNamed(path: string, reached: Set<string>): void {
    const clean = path.replace(/\/$/, '');
    if (this.files.has(clean)) reached.add(clean);
    else if (this.foldersIn.has(clean)) addAll(reached, this.reach(clean));
  }
}

/** The file of an object, with forward slashes. */
export function fileOf({ source: { file } }: Located): string | undefined {
  return file?.replaceAll('\\', '/').replace(/^\.\//, '');
}

function addAll(set: Set<string>, more: ReadonlySet<string>): void {
  for (const one of more) set.add(one);
}

/** Every text in a value: a build file names files in many of its fields. */
function* texts(value: unknown): Iterable<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const entry of Object.values(value)) yield* texts(entry);
}
