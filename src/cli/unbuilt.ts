import { basename, dirname, join } from 'node:path/posix';
import type { Located } from '../checks/finding';
import { isKind } from '../checks/read';
import type { FileReading } from '../manifests/read-files';
import { READING_PROBLEMS } from '../manifests/reading-problems';

const LISTING = ['apiVersion', 'kind', 'metadata', 'resources'];

/** What was read as it lies there, and would be something else once kustomize or Helm has built it. */
export function unbuiltNotes(command: string, readings: readonly Pick<FileReading, 'objects' | 'paths' | 'problems'>[]): string[] {
  const files = readings.flatMap(({ paths }) => paths.map(clean));
  const builds = buildFiles(readings.flatMap(({ objects }) => objects), files);
  const charts = files.filter(file => basename(file) === 'Chart.yaml');
  const templates = new Set(readings.flatMap(({ problems }) => problems)
    .flatMap(({ id, object: { source } }) => (id === READING_PROBLEMS.template.id ? [clean(source.file ?? 'stdin')] : [])));
  return [
    ...builds.length === 0 ? [] : [`${named(builds)} not built: files are read as they lie there, without patches, names or generated objects; ${
      usage(command, `kustomize build ${folderOf(builds[0]!)}`)}`],
    ...charts.length === 0 ? [] : [`${named(charts)} not rendered: files are read as they lie there; ${
      usage(command, `helm template ${folderOf(charts[0]!)}`)}`],
    ...templates.size === 0 ? [] : [`${named([...templates])} left out, at least in part: templates are no YAML before they are rendered`],
  ];
}

/** Those that do more than list what was read anyway. */
function buildFiles(objects: readonly Located[], files: readonly string[]): string[] {
  const read = new Set(files.flatMap(file => [file, ...foldersAbove(file)]));
  const builds = objects.filter(located => isKind(located, 'kustomize.config.k8s.io', located.object.kind));
  return builds.map(({ object, source }) => ({ file: clean(source.file ?? 'stdin'), object }))
    .filter(({ file, object }) => !isListing(object, dirname(file), read)).map(({ file }) => file);
}

function isListing(build: Readonly<Record<string, unknown>>, folder: string, read: ReadonlySet<string>): boolean {
  const resources = Array.isArray(build.resources) ? build.resources as unknown[] : [];
  // What `flux bootstrap` writes is about Flux itself.
  if (resources.includes('gotk-components.yaml')) return true;
  return Object.keys(build).every(field => LISTING.includes(field))
    && resources.every(resource => typeof resource === 'string' && read.has(join(folder, resource).replace(/\/$/, '')));
}

function* foldersAbove(file: string): Iterable<string> {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    yield folder;
    if (folder === dirname(folder)) return;
  }
}

function named(files: readonly string[]): string {
  const [first, ...others] = files;
  return others.length === 0 ? `${first!} is` : `${first!} and ${others.length} more are`;
}

function usage(command: string, build: string): string {
  return command === 'diff' ? `compare what \`${build} > FILE\` writes before and after` : `\`${build} | guardrails ${command} -\` reads what is built`;
}

function folderOf(file: string): string {
  return file.startsWith('git:') || file === 'stdin' ? 'DIR' : dirname(file);
}

function clean(file: string): string {
  return join(file.replaceAll('\\', '/'));
}
