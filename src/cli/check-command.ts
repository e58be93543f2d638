import type { Command } from './command';
import { ExitCode, UsageError } from './exit-code';
import type { Io } from './io';
import { oneOf, parseOptions } from './parse-options';
import { Progress } from './progress';
import { insistTarget, TARGET_HELP, TARGET_OPTIONS, targetOf } from './target-options';
import { unbuiltNotes } from './unbuilt';
import { writeText } from './write-output';
import { distinctFindings } from '../checks/distinct-findings';
import type { Finding, Located } from '../checks/finding';
import { splitClusters } from '../checks/flux/split-clusters';
import { findingTexts, review } from '../checks/review';
import type { Rule } from '../checks/rule';
import { RULES } from '../checks/rules';
import { findFiles, STDIN } from '../manifests/find-files';
import { type FileReading, readFiles } from '../manifests/read-files';
import { isUnread } from '../manifests/reading-problems';
import { FORMATS } from '../report/formats';
import { fails, type Report, type Summary } from '../report/report';
import { summaryLines } from '../report/summary-line';
import type { Target } from '../target/target';
import { isTargetObject } from '../target/target-object';
import { describeTarget } from '../target/target-of';

const help = `Usage: guardrails check PATH... [options]

Finds what a cluster would refuse, drop or misread. PATH is a file, a folder (every .yaml, .yml and .json
below it), a glob, or - for standard input. Folders clusters/NAME with Flux Kustomizations are clusters of
their own, each checked with what its Kustomizations apply.

${TARGET_HELP}
Output:
  --format FORMAT       ${Object.keys(FORMATS).join(', ')} (default: text)
  --output FILE         Write there, not to standard output
  --fail-on SEVERITY    error or warning (default: error)
  --ignore ID           Leave a rule out; may be given several times

Exit code: 0, 1 for findings, 2 for arguments or input that cannot be read.

Examples:
  guardrails check manifests/
  guardrails check 'clusters/*/tenants/**/*.yaml' --target clusters/prod/target.yaml
  kustomize build overlays/prod | guardrails check - --cni calico --fail-on warning
  guardrails check . --format sarif --output guardrails.sarif
`;

const OPTIONS = {
  ...TARGET_OPTIONS,
  'format': { type: 'string', default: 'text' },
  'output': { type: 'string' },
  'fail-on': { type: 'string', default: 'error' },
  'ignore': { type: 'string', multiple: true, default: [] as string[] },
} as const;

export const checkCommand: Command = { help, run };

function run(args: string[], io: Io): ExitCode {
  const { values, positionals } = parseOptions(args, OPTIONS);
  if (positionals.length === 0) throw new UsageError('no PATH given; name files, folders, or - for standard input');
  insistTarget(values);
  const format = oneOf('format', values.format, Object.keys(FORMATS));
  const failOn = oneOf('fail-on', values['fail-on'], ['error', 'warning']);
  const texts = findingTexts();
  const unknown = values.ignore.find(id => !texts.some(text => text.id === id));
  if (unknown !== undefined) throw new UsageError(`--ignore ${unknown}: there is no such rule`);

  const progress = new Progress(io);
  const reading = readFiles(positionals, (done, all) => progress.update(`reading file ${done + 1} of ${all}`));
  const { objects, problems, otherDocuments, files, missing } = reading;
  const empty = emptyPlaces(positionals, reading);
  if (empty.length > 0 && objects.length === 0 && problems.length === 0) {
    throw new UsageError(`${empty.join(', ')}: no Kubernetes object is there`);
  }
  progress.update(`checking ${objects.length} objects`);
  const clusters = splitClusters(objects).map(cluster => ({ ...cluster, target: targetOf(cluster, values) }));
  const reviews = clusters.map(cluster => review(cluster.objects, cluster.target, { ignore: values.ignore }));
  const findings = distinctFindings(reviews.flatMap(each => each.findings));
  progress.done();

  const kept = problems.filter(({ id }) => !values.ignore.includes(id));
  const summary: Summary = {
    target: describeTargets(clusters),
    files,
    objects: new Set(clusters.flatMap(cluster => cluster.objects)).size,
    otherDocuments,
    unknownKinds: unknownKinds(objects.filter(({ object }) => !isTargetObject(object)), RULES),
    acknowledged: distinctFindings(reviews.flatMap(each => each.acknowledged)).length,
    failOn,
  };
  write({ findings: [...kept, ...findings], summary, texts }, format, values.output, io);
  // Templates are among the findings.
  for (const note of unbuiltNotes('check', [{ ...reading, problems: [] }])) io.stderr(`note: ${note}\n`);
  for (const path of empty) io.stderr(`note: ${path}: no Kubernetes object is there\n`);
  for (const path of missing) io.stderr(`guardrails check: ${path}: no such file, folder or match\n`);
  return exitCode([...kept, ...findings], problems.some(isUnread) || missing.length > 0, failOn);
}

/**
 * Places without any object. A template that failed writes nothing, or its error, and a pipeline must not take that for manifests without a
 * finding; nor may a folder that is misspelt pass for ever. A file that was named is as somebody wants it.
 */
function emptyPlaces(paths: readonly string[], { paths: files, objects, missing }: FileReading): string[] {
  const full = new Set(objects.map(({ source }) => source.file));
  const isEmpty = (path: string) => (path === STDIN ? !full.has('stdin') : !files.includes(path) && !findFiles([path]).files.some(file => full.has(file)));
  return paths.filter(path => !missing.includes(path) && isEmpty(path));
}

/** Each target once, with the clusters that have it where there are several. */
function describeTargets(clusters: readonly { readonly name?: string; readonly target: Target }[]): string {
  const names = new Map<string, string[]>();
  for (const { name, target } of clusters) {
    const text = describeTarget(target);
    names.set(text, [...names.get(text) ?? [], name ?? 'no cluster']);
  }
  const [only, ...others] = names.keys();
  return others.length === 0 ? only! : [...names].map(([text, own]) => `${text} (${own.join(', ')})`).join('; ');
}

function write(report: Report, format: string, output: string | undefined, io: Io): void {
  const text = FORMATS[format]!(report, io.color && output === undefined);
  writeText(text, output, io);
  // The text format says it itself.
  if (format !== 'text' || output !== undefined) io.stderr(`${summaryLines(report).join('\n')}\n`);
}

function exitCode(findings: readonly Finding[], unread: boolean, failOn: Summary['failOn']): ExitCode {
  if (unread) return ExitCode.USAGE;
  return findings.some(finding => fails(finding, failOn)) ? ExitCode.FINDINGS : ExitCode.OK;
}

/** Objects of kinds that no rule names, counted. */
function unknownKinds(objects: readonly Located[], rules: readonly Rule[]): Record<string, number> {
  const known = new Set(rules.flatMap(rule => ('kinds' in rule ? rule.kinds : [])));
  const counts: Record<string, number> = {};
  for (const { object: { kind } } of objects) {
    if (!known.has(kind)) counts[kind] = (Object.hasOwn(counts, kind) ? counts[kind]! : 0) + 1;
  }
  return counts;
}
