import type { Command } from './command';
import { ExitCode, UsageError } from './exit-code';
import { isAt } from './focus';
import type { Io } from './io';
import { oneOf, parseOptions } from './parse-options';
import { CLUSTER_HELP, CLUSTER_OPTION, engineFor, pickCluster } from './pick-cluster';
import { Progress } from './progress';
import { readInput } from './read-input';
import { showsStrangers, STRANGERS_OPTION } from './strangers-option';
import { insistTarget, TARGET_HELP, TARGET_OPTIONS } from './target-options';
import { writeOutput } from './write-output';
import type { Cluster } from '../reach/cluster';
import { isSame, type Party } from '../reach/party';
import { workload } from '../reach/place';
import { connlist } from '../report/map/connlist';
import { classEnd, type End, endOf } from '../report/map/end';
import { type FlowOptions, Flows } from '../report/map/flows';
import { LISTS, PICTURES } from '../report/map/formats';
import { type Graph, graphOf } from '../report/map/graph';
import { HIDEABLE, type Hideable, without } from '../report/map/hidden';
import { isToldByAddresses } from '../report/map/told-by-addresses';
import { isStranger, Unlisted } from '../report/map/unlisted';

const FORMATS = ['table', 'connlist', ...Object.keys(LISTS).filter(name => name !== 'table'), ...Object.keys(PICTURES)];

const help = `Usage: guardrails map PATH... [options]

Who reaches whom, worked out from manifests. PATH is a file, a folder (every .yaml, .yml and .json below it), a glob,
git:REVISION:PATH, or - for standard input.

Pods that a policy means and the manifests do not have are in the map as \`namespace/label=value[Pods]\`; with * for a
namespace or labels of which the policy says nothing, and [Pods +41] for 41 more with other values of one list, which no
policy tells apart.

${TARGET_HELP}${CLUSTER_HELP}
Output:
  --format FORMAT    ${FORMATS.join(', ')} (default: table).
                     connlist is the line format of np-guard: \`src => dst : conn\`, what passes for sure, IPv4 only.
                     dot, mermaid and svg are pictures; svg needs no other program. mermaid and svg are for up to 500
                     ends: above it, take a part
  --output FILE      Write there, not to standard output
  --focus PLACE      Only what begins or ends there; may be given several times. namespace/name, namespace/*,
                     namespace/label=value, with [Pods] behind it for pods that the manifests do not have, an address
                     or a CIDR, an entity, or the name of a DNS rule
  --namespace NAME   Only what begins or ends in a namespace; may be given several times
  --by-class         Workloads that no policy can tell apart as one; not for connlist
  --ipv6             Look at IPv6 addresses too
  --hide LIST        Leave out dns (to the resolver of the cluster), node (from nodes to their own pods), or both,
                     comma-separated; none shows everything. Default for pictures: dns,node; for the others: none
  --strangers HOW    show or hide pods that a policy means and the manifests do not have, such as
                     monitoring/app=prometheus[Pods]. Default for connlist: hide; for the others: show

Exit code: 0, or 2 for arguments or input that cannot be read.

Examples:
  guardrails map deploy
  guardrails map deploy --format svg --output docs/map.svg
  guardrails map deploy --focus payments/payments-api
  helm template . | guardrails map - --cni calico --format connlist
`;

const OPTIONS = {
  ...TARGET_OPTIONS,
  ...CLUSTER_OPTION,
  ...STRANGERS_OPTION,
  'format': { type: 'string', default: 'table' },
  'output': { type: 'string' },
  'focus': { type: 'string', multiple: true, default: [] as string[] },
  'namespace': { type: 'string', multiple: true, default: [] as string[] },
  'by-class': { type: 'boolean', default: false },
  'ipv6': { type: 'boolean', default: false },
  'hide': { type: 'string' },
} as const;

export const mapCommand: Command = { help, run };

async function run(args: string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = parseOptions(args, OPTIONS);
  if (positionals.length === 0) throw new UsageError('no PATH given; name files, folders, or - for standard input');
  const format = oneOf('format', values.format, FORMATS);
  const hide = hiddenOf(values.hide, format);
  const strangers = showsStrangers(values.strangers, format);
  if (format === 'connlist') refuseForConnlist(values);
  insistTarget(values);
  const progress = new Progress(io);
  const { objects, incomplete } = readInput('map', positionals, io, progress);
  progress.update('reading policies');
  // Pods that nobody means can be asked about too.
  const cluster = engineFor(pickCluster(objects, values.cluster, io), values, io).knowing(values.focus);
  const unlisted = new Unlisted();
  const wanted = filterOf(values, cluster);
  const hidesSome = !strangers && cluster.world.endpoints.some(({ stranger }) => stranger);
  const shown = hidesSome ? withoutStrangers(wanted ?? (() => true), unlisted) : wanted;
  // Programs read every pair; people have read it of the addresses.
  const isFolded = !['json', 'csv'].includes(format) && values.focus.length === 0;
  // A class with itself is also each of its members with the others.
  const isTold = (from: Party, to: Party) => !(values['by-class'] && isSame(from, to)) && isToldByAddresses(cluster, from, to);
  const includes = isFolded ? (from: Party, to: Party) => !isTold(from, to) && (shown?.(from, to) ?? true) : shown;
  progress.done();
  for (const { text } of cluster.notes) io.stderr(`note: ${text}\n`);
  if (cluster.world.endpoints.every(({ stranger }) => stranger)) io.stderr('note: no workload is in the manifests\n');
  const families = values.ipv6 ? [4, 6] as const : [4] as const;
  const namesIpv6 = !values.ipv6 && format !== 'connlist' && cluster.mentionedAddresses().some(({ family }) => family === 6);
  if (namesIpv6) io.stderr('note: policies name IPv6 addresses, and the map has those of IPv4; --ipv6 adds them\n');
  if (format === 'connlist') {
    await writeOutput(connlist(cluster.map(), cluster, unlisted, includes), values.output, io);
  } else {
    const options = { families, byClass: values['by-class'], includes: includes ?? (() => true) };
    const color = io.color && values.output === undefined;
    await writeOutput(piecesOf({ cluster, format, hide, options, isWhole: wanted === undefined, color }), values.output, io);
  }
  for (const line of unlisted.lines('table')) io.stderr(line);
  return incomplete ? ExitCode.USAGE : ExitCode.OK;
}

interface Drawing {
  readonly cluster: Cluster;
  readonly format: string;
  readonly hide: readonly Hideable[];
  readonly options: FlowOptions;
  /** Whether no part of the map is left out. */
  readonly isWhole: boolean;
  readonly color: boolean;
}

function piecesOf({ cluster, format, hide, options, isWhole, color }: Drawing): Iterable<string> {
  const map = cluster.map(options.families);
  const flows = new Flows(cluster, map, options);
  const workloads = endsOf(cluster, options.byClass);
  const list = LISTS[format];
  if (!list) return PICTURES[format]!(legible(graphOf(flows, workloads, { hide, isolated: isWhole }), format));
  const told = hide.length === 0 ? flows : without(flows, hide);
  return list({ flows: told, workloads: isWhole ? workloads : [], dataplane: cluster.dataplane, color });
}

/** What a person can look at; programs draw it for minutes, or never end. */
const MOST_ENDS = 500;

/** @throws UsageError for a picture of more ends than anybody can read; DOT is for other programs */
function legible(graph: Graph, format: string): Graph {
  const ends = graph.groups.reduce((sum, { nodes }) => sum + nodes.length, graph.outside.length);
  if (format === 'dot' || ends <= MOST_ENDS) return graph;
  throw new UsageError(`--format ${format}: the picture would have ${ends} ends, and more than ${MOST_ENDS} nobody can read; show a part `
    + 'with --focus PLACE or --namespace NAME, join workloads with --by-class, or take --format dot or table');
}

function withoutStrangers(includes: FlowOptions['includes'], unlisted: Unlisted): FlowOptions['includes'] {
  return (from, to) => {
    if (!includes(from, to)) return false;
    if (!isStranger(from) && !isStranger(to)) return true;
    unlisted.add('strangers');
    return false;
  };
}

function endsOf({ world }: Cluster, byClass: boolean): End[] {
  if (byClass) return world.classes.filter(({ sample }) => !sample.stranger).map(({ members }) => classEnd(members));
  return world.endpoints.filter(({ stranger }) => !stranger).map(endpoint => endOf(workload(endpoint, world)));
}

function hiddenOf(given: string | undefined, format: string): Hideable[] {
  if (given === undefined) return format in PICTURES ? [...HIDEABLE] : [];
  if (given === 'none') return [];
  return given.split(',').map(word => oneOf('hide', word.trim(), HIDEABLE));
}

function refuseForConnlist(values: { readonly 'by-class': boolean; readonly 'ipv6': boolean; readonly 'hide'?: string }): void {
  const flag = values['by-class'] ? 'by-class' : values.ipv6 ? 'ipv6' : values.hide !== undefined ? 'hide' : undefined;
  if (flag !== undefined) throw new UsageError(`--${flag} is not for --format connlist, whose readers expect every pair of workloads and IPv4 addresses`);
}

interface Wanted {
  readonly 'focus': readonly string[];
  readonly 'namespace': readonly string[];
  readonly 'by-class': boolean;
}

/** Nothing where everything is looked at. @throws GuardrailsError for a place or a namespace that is not there */
function filterOf({ focus, namespace: namespaces, 'by-class': byClass }: Wanted, cluster: Cluster): FlowOptions['includes'] | undefined {
  if (focus.length === 0 && namespaces.length === 0) return undefined;
  const unknown = namespaces.find(name => cluster.world.endpointsOf(name).length === 0);
  if (unknown !== undefined) throw new UsageError(`--namespace ${unknown}: no workload of the set is in it`);
  const isFocused = isAt(focus, cluster, byClass);
  const isMeant = (party: Party) => isFocused(party) || (party.type === 'workload' && namespaces.includes(party.endpoint.namespace));
  return (from, to) => isMeant(from) || isMeant(to);
}
