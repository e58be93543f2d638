import { type Dirent, existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { globBase, globPattern, isGlob } from './glob';
import { readingFinding } from './reading-problems';
import type { Finding } from '../checks/finding';

const MANIFEST = /\.(ya?ml|json)$/i;

/** Standard input, as a path. */
export const STDIN = '-';

/** The files that paths stand for. */
export interface FoundFiles {
  /** In the order of the paths, sorted within a folder, each file once. */
  readonly files: string[];
  readonly problems: Finding[];
  /** Paths and globs that stand for nothing. */
  readonly missing: string[];
}

/**
 * Files are taken whatever their name; of a folder, everything below it that ends in .yaml, .yml or .json, except in
 * node_modules and in folders that start with a dot.
 */
export function findFiles(paths: readonly string[]): FoundFiles {
  const search = new Search();
  for (const path of paths) {
    if (path === STDIN) search.add(path, path);
    else if (existsSync(path)) search.visit(path);
    else if (!isGlob(path) || !search.visitGlob(path)) search.found.missing.push(path);
  }
  return search.found;
}

class Search {
  readonly found: FoundFiles = { files: [], problems: [], missing: [] };
  /** Real paths, so that links neither loop nor lead to a file twice. */
  private readonly seen = new Set<string>();

  visit(path: string): void {
    if (statSync(path).isDirectory()) this.walk(path, file => MANIFEST.test(file));
    else this.add(path, realPath(path));
  }

  visitGlob(glob: string): boolean {
    const base = globBase(glob);
    const pattern = globPattern(glob.replace(/^\.\//, ''));
    if (!existsSync(base)) return false;
    const before = this.found.files.length;
    this.walk(base, file => pattern.test(file.replace(/^\.\//, '')));
    return this.found.files.length > before;
  }

  add(path: string, realpath: string): void {
    if (!this.enter(realpath)) return;
    this.found.files.push(path);
  }

  private walk(folder: string, takes: (file: string) => boolean): void {
    let entries: Dirent[];
    try {
      if (!this.enter(realPath(folder))) return;
      entries = readdirSync(folder, { withFileTypes: true });
    } catch (error) {
      this.unreadable(folder, error);
      return;
    }
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) this.visitEntry(join(folder, entry.name), entry, takes);
  }

  private visitEntry(path: string, entry: Dirent, takes: (file: string) => boolean): void {
    try {
      const target = entry.isSymbolicLink() ? statSync(path) : entry;
      if (target.isDirectory()) {
        if (entry.name !== 'node_modules' && !entry.name.startsWith('.')) this.walk(path, takes);
      } else if (target.isFile() && takes(path)) {
        this.add(path, realPath(path));
      }
    } catch (error) {
      // A link that leads nowhere matters only where it names a manifest.
      if (takes(path)) this.unreadable(path, error);
    }
  }

  private enter(realpath: string): boolean {
    if (this.seen.has(realpath)) return false;
    this.seen.add(realpath);
    return true;
  }

  private unreadable(path: string, error: unknown): void {
    this.found.problems.push(readingFinding('unreadable', { file: path }, (error as Error).message));
  }
}

/** A pipe, such as the `<(...)` of a shell, has no real path. */
function realPath(path: string): string {
  return statSync(path).isFIFO() ? path : realpathSync(path);
}
