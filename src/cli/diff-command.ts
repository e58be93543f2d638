import type { Command } from './command';
import { ExitCode, UsageError } from './exit-code';
import { isAtAnyOf, type IsMeant } from './focus';
import type { Io } from './io';
import { oneOf, parseOptions } from './parse-options';
import { CLUSTER_HELP, CLUSTER_OPTION, engineFor, pairClusters } from './pick-cluster';
import { Progress } from './progress';
import { readInput } from './read-input';
import { showsStrangers, STRANGERS_OPTION } from './strangers-option';
import { insistTarget, TARGET_HELP, TARGET_OPTIONS } from './target-options';
import { tenantNotes } from './tenant-notes';
import { writeText } from './write-output';
import type { Cluster } from '../reach/cluster';
import { type Change, diff, type Trait, TRAITS } from '../reach/diff';
import { DIFF_LISTS, DIFF_PICTURES } from '../report/diff/formats';
import { countText, type DiffPart, shown } from '../report/diff/shown';
import { isStranger, Unlisted } from '../report/map/unlisted';
import { TENANT_LABEL } from '../target/well-known-labels';

const FORMATS = [...Object.keys(DIFF_LISTS), ...Object.keys(DIFF_PICTURES)];
const KINDS = ['opened', 'closed', 'changed'] as const;

const help = `Usage: guardrails diff OLD NEW [options]

What a change of manifests opens and closes, and the policies that do it. OLD and NEW are a file, a folder, a glob,
or git:REVISION:PATH for what a revision has below a path.

${TARGET_HELP}${CLUSTER_HELP}
Output:
  --format FORMAT       ${FORMATS.join(', ')} (default: text);
                        markdown is a comment for a pull request, connlist has lines \`added: src => dst : conn\`
  --output FILE         Write there, not to standard output
  --tenant-label KEY    Label of Namespaces that says whose they are (default: ${TENANT_LABEL}). A namespace without
                        a Namespace in either set is taken for another's than that of any tenant
  --strangers HOW       show or hide pods that a policy means and the manifests do not have, such as
                        monitoring/app=prometheus[Pods]. Default for connlist: hide; for the others: show.
                        --fail-on looks at them all the same
  --focus PLACE         Only what begins or ends there, also for --fail-on; may be given several times. Places are those of
                        \`guardrails map --focus\`, in either set
  --ipv6                Tell of IPv6 addresses too where the same changes as of IPv4
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
  ...CLUSTER_OPTION,
  ...STRANGERS_OPTION,
  'format': { type: 'string', default: 'text' },
  'output': { type: 'string' },
  'tenant-label': { type: 'string' },
  'focus': { type: 'string', multiple: true, default: [] as string[] },
  'ipv6': { type: 'boolean', default: false },
  'fail-on': { type: 'string', default: '' },
} as const;

export const diffCommand: Command = { help, run };

function run(args: string[], io: Io): ExitCode {
  const { values, positionals } = parseOptions(args, OPTIONS);
  const [old, now, ...rest] = positionals;
  if (old === undefined || now === undefined || rest.length > 0) throw new UsageError(`two paths are needed, OLD and NEW; given ${positionals.length}`);
  insistTarget(values);
  const format = oneOf('format', values.format, FORMATS);
  const strangers = showsStrangers(values.strangers, format);
  const gates = gatesOf(values['fail-on']);
  const progress = new Progress(io);
  const [before, after] = [readInput('diff', [old], io, progress, true), readInput('diff', [now], io, progress)];
  progress.update('comparing');
  const pairs = pairClusters(before.objects, after.objects, values.cluster, io);
  if (pairs.length > 1 && format in DIFF_PICTURES) {
    throw new UsageError(`--format ${format} is of one cluster; name one with --cluster: ${pairs.map(({ name }) => name).join(', ')}`);
  }
  const notes = new Set<string>();
  const told = new Set<string>();
  const clusters: Cluster[] = [];
  const compared = pairs.map(({ name, ...sides }): DiffPart => {
    const isGate = gates.length > 0;
    const [first, second] = [sides.before, sides.after].map(set => engineFor(set, values, io, { told, isGate }).knowing(values.focus));
    clusters.push(first!, second!);
    for (const note of [...first!.notes, ...second!.notes]) notes.add(note.text);
    const changes = diff(first!, second!, { tenantLabel: values['tenant-label'], families: values.ipv6 ? [4, 6] : undefined });
    return { cluster: pairs.length > 1 ? name : undefined, changes };
  });
  const parts = values.focus.length === 0 ? compared : focused(compared, isAtAnyOf(values.focus, clusters));
  progress.done();
  if (values['fail-on'].includes('cross-tenant')) {
    const changes = parts.flatMap(part => part.changes);
    for (const text of tenantNotes(changes, [...before.objects, ...after.objects], values['tenant-label'])) notes.add(text);
  }
  for (const text of notes) io.stderr(`note: ${text}\n`);
  write(strangers ? parts : parts.map(withoutStrangers), format, values.output, io);
  io.stderr(`${countText(parts)}\n`);
  if (before.incomplete || after.incomplete) return ExitCode.USAGE;
  return tellFailed(parts, gates, io) ? ExitCode.FINDINGS : ExitCode.OK;
}

/** Says what does not get through the gates, in the words of the list. */
function tellFailed(parts: readonly DiffPart[], gates: readonly Gate[], io: Io): boolean {
  const failed = parts.flatMap(({ changes }) => shown(changes.filter(change => gates.some(gate => gate(change)))));
  for (const { from, to, traits } of failed.slice(0, SHOWN)) io.stderr(`fails: ${from} => ${to}${traits.length > 0 ? ` (${traits.join(', ')})` : ''}\n`);
  if (failed.length > SHOWN) io.stderr(`and ${failed.length - SHOWN} more\n`);
  return failed.length > 0;
}

function focused(parts: readonly DiffPart[], isMeant: IsMeant): DiffPart[] {
  return parts.map(part => ({ ...part, changes: part.changes.filter(({ from, to }) => isMeant(from) || isMeant(to)) }));
}

function withoutStrangers({ cluster, changes }: DiffPart): DiffPart {
  const kept = changes.filter(({ from, to }) => !isStranger(from) && !isStranger(to));
  return { cluster, changes: kept, leftOut: changes.length - kept.length };
}

function write(parts: readonly DiffPart[], format: string, output: string | undefined, io: Io): void {
  const unlisted = new Unlisted();
  for (const { leftOut = 0 } of parts) unlisted.add('strangers', leftOut);
  const list = DIFF_LISTS[format];
  const color = io.color && output === undefined;
  writeText(list ? list(parts, { color, unlisted }) : DIFF_PICTURES[format]!(parts.flatMap(({ changes }) => changes)), output, io);
  for (const line of unlisted.lines('text')) io.stderr(line);
}

const SHOWN = 5;

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
