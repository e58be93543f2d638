import { writeFileSync } from 'node:fs';
import type { Command } from './command';
import { ExitCode, UsageError } from './exit-code';
import type { Io } from './io';
import { oneOf, parseOptions } from './parse-options';
import { Progress } from './progress';
import { readInput } from './read-input';
import { TARGET_HELP, TARGET_OPTIONS, targetFrom } from './target-options';
import { Cluster } from '../reach/cluster';
import { type Change, diff, type Trait, TRAITS } from '../reach/diff';
import { DIFF_FORMATS } from '../report/diff/formats';
import { countText } from '../report/diff/shown';

const KINDS = ['opened', 'closed', 'changed'] as const;

const help = `Usage: guardrails diff OLD NEW [options]

What a change of manifests opens and closes, and the policies that do it. OLD and NEW are a file, a folder, a glob,
or git:REVISION:PATH for what a revision has below a path.

${TARGET_HELP}
Output:
  --format FORMAT       ${Object.keys(DIFF_FORMATS).join(', ')} (default: text); markdown is a comment for a pull request
  --output FILE         Write there, not to standard output
  --tenant-label KEY    Label of Namespaces that says whose they are (default: platform.io/team)
  --ipv6                Look at IPv6 addresses too
  --fail-on LIST        Comma-separated: opened, closed, changed, each also with what the pair is, such as
                        opened-from-world, opened-to-world, opened-cross-tenant, opened-cross-namespace.
                        A pair of which more passes than before counts as opened, one of which less passes as closed

Exit code: 0, 1 when something of --fail-on happened, 2 for arguments or input that cannot be read.

Examples:
  guardrails diff deploy.old deploy
  guardrails diff git:origin/main:deploy/production deploy/production --format markdown
  guardrails diff git:HEAD~1:deploy deploy --fail-on opened-from-world,opened-cross-tenant,closed
`;

const OPTIONS = {
  ...TARGET_OPTIONS,
  'format': { type: 'string', default: 'text' },
  'output': { type: 'string' },
  'tenant-label': { type: 'string' },
  'ipv6': { type: 'boolean', default: false },
  'fail-on': { type: 'string', default: '' },
} as const;

export const diffCommand: Command = { help, run };

function run(args: string[], io: Io): ExitCode {
  const { values, positionals } = parseOptions(args, OPTIONS);
  const [old, now, ...rest] = positionals;
  if (old === undefined || now === undefined || rest.length > 0) throw new UsageError(`two paths are needed, OLD and NEW; given ${positionals.length}`);
  const target = targetFrom(values);
  const format = oneOf('format', values.format, Object.keys(DIFF_FORMATS));
  const gates = gatesOf(values['fail-on']);
  const progress = new Progress(io);
  const [before, after] = [old, now].map(path => readInput('diff', [path], io, progress));
  progress.update('comparing');
  const clusters = [before!, after!].map(({ objects }) => new Cluster(objects, target));
  const changes = diff(clusters[0]!, clusters[1]!, {
    tenantLabel: values['tenant-label'],
    families: values.ipv6 ? [4, 6] : [4],
  });
  progress.done();
  for (const { text } of new Map(clusters.flatMap(({ notes }) => notes).map(note => [note.text, note])).values()) io.stderr(`note: ${text}\n`);
  const output = DIFF_FORMATS[format]!(changes, io.color && values.output === undefined);
  if (values.output === undefined) io.stdout(output);
  else write(values.output, output);
  io.stderr(`${countText(changes)}\n`);
  if (before!.incomplete || after!.incomplete) return ExitCode.USAGE;
  return changes.some(change => gates.some(gate => gate(change))) ? ExitCode.FINDINGS : ExitCode.OK;
}

type Gate = (change: Change) => boolean;

/** `opened`, or `opened-from-world`: what happened, to which pairs. */
function gatesOf(list: string): Gate[] {
  return list.split(',').map(word => word.trim()).filter(Boolean).map(word => {
    const kind = KINDS.find(name => word === name || word.startsWith(`${name}-`));
    const trait = kind && word.slice(kind.length + 1);
    if (kind === undefined || (trait !== '' && !(TRAITS as readonly string[]).includes(trait!))) {
      throw new UsageError(`--fail-on ${word}: ${KINDS.join(', ')} is needed, alone or with one of ${TRAITS.join(', ')}, such as opened-from-world`);
    }
    return change => happened(kind, change) && (trait === '' || change.traits.includes(trait as Trait));
  });
}

function happened(kind: (typeof KINDS)[number], { kind: own, more, less }: Change): boolean {
  if (kind === 'opened') return !more.isEmpty();
  return kind === 'closed' ? !less.isEmpty() : own === 'changed';
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`--output ${path}: ${(error as Error).message}`);
  }
}
