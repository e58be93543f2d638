import type { Command } from './command';
import { ExitCode, UsageError } from './exit-code';
import type { Io } from './io';
import { oneOf, parseOptions } from './parse-options';
import { CLUSTER_HELP, CLUSTER_OPTION, engineFor, pickCluster } from './pick-cluster';
import { Progress } from './progress';
import { leftOut } from './question-notes';
import { readInput } from './read-input';
import { insistTarget, TARGET_HELP, TARGET_OPTIONS } from './target-options';
import { writeText } from './write-output';
import { openYamlFile, UnreadableFile } from '../manifests/read-yaml-file';
import type { FlowRow } from '../reach/flow-row';
import { type FlowTable, rowName, runFlowTable } from '../reach/flow-table';
import { parsePorts } from '../reach/port-text';
import { readFlowTable } from '../reach/read-flow-table';
import { flowRowsOf } from '../reach/write-flow-table';
import { countFlows, FLOW_FORMATS, flowTableText } from '../report/flow-results';

const help = `Usage: guardrails test PATH... --spec FILE [options]
       guardrails test PATH... --init [--spec FILE]

Compares what manifests let through with a table of flows in YAML:

  nothingElse: true                      # whatever passes, for sure or perhaps, has to be in a row
  flows:
    - { from: infra/envoy, to: shop/api, port: 8080/tcp }
    - { from: shop/web, to: shop/api, port: 8080, http: { method: GET, path: /v1/items } }
    - { from: shop/web, to: llm/vllm, port: 8000, only: [GET /v1/models] }     # these requests and no others
    - { from: shop/web, to: 'shop/api[Service]', port: 80 }
    - { from: 'shop/*', to: world, port: 443, expect: denied }

expect is allowed, denied or depends. from and to are namespace/name, namespace/name[Kind], namespace/* or
namespace/label=value, with [Pods] behind it for pods that the manifests do not have; an address, a CIDR or
'CIDR except CIDR, CIDR', a DNS name, world, host, remote-node or kube-apiserver; to is also namespace/name[Service].
\`cluster: NAME\` beside flows says which cluster of a tree the table is about. PATH is a file, a folder, a glob, or
git:REVISION:PATH.

${TARGET_HELP}${CLUSTER_HELP}
Output:
  --spec FILE      The table
  --init           Write the table that holds now, to FILE or to standard output; never over a file that is there
  --format FORMAT  ${Object.keys(FLOW_FORMATS).join(', ')} (default: text)
  --output FILE    Write there, not to standard output

Exit code: 0, 1 when a row does not hold, 2 for arguments or input that cannot be read.

Examples:
  guardrails test deploy --init --spec flows.yaml
  guardrails test deploy --spec flows.yaml
  guardrails test deploy --spec flows.yaml --format junit --output flows.xml
`;

const OPTIONS = {
  ...TARGET_OPTIONS,
  ...CLUSTER_OPTION,
  spec: { type: 'string' },
  init: { type: 'boolean', default: false },
  format: { type: 'string', default: 'text' },
  output: { type: 'string' },
} as const;

export const testCommand: Command = { help, run };

function run(args: string[], io: Io): ExitCode {
  const { values, positionals } = parseOptions(args, OPTIONS);
  if (positionals.length === 0) throw new UsageError('no PATH given; name files, folders, or - for standard input');
  if (values.spec === undefined && !values.init) throw new UsageError('--spec FILE is needed; --init writes one');
  const format = oneOf('format', values.format, Object.keys(FLOW_FORMATS));
  insistTarget(values);
  const table = values.init ? undefined : readTable(values.spec!);
  const { objects, incomplete } = readInput('test', positionals, io, new Progress(io));
  if (table?.cluster !== undefined && values.cluster !== undefined && values.cluster !== table.cluster) {
    throw new UsageError(`--cluster ${values.cluster}: the table ${values.spec!} is about ${table.cluster}`);
  }
  const set = pickCluster(objects, values.cluster ?? table?.cluster, io, '--cluster NAME, or `cluster: NAME` in the table');
  const cluster = engineFor(set, values, io, { isGate: true });
  for (const { text } of cluster.notes) io.stderr(`note: ${text}\n`);
  if (!table) {
    const text = flowTableText(keepable(flowRowsOf(cluster)), values.cluster);
    writeText(text, values.spec, io, { flag: 'spec', mode: 'wx' });
    return incomplete ? ExitCode.USAGE : ExitCode.OK;
  }
  const results = runFlowTable(table, cluster);
  for (const row of table.flows.filter(({ port }) => parsePorts(port) === undefined)) {
    for (const text of leftOut(cluster, row)) io.stderr(`note: ${rowName(row)}: ${text}\n`);
  }
  const report = FLOW_FORMATS[format]!(results, io.color && values.output === undefined);
  writeText(report, values.output, io);
  io.stderr(`${countFlows(results)}\n`);
  if (incomplete) return ExitCode.USAGE;
  return results.every(({ passed }) => passed) ? ExitCode.OK : ExitCode.FINDINGS;
}

/** Nobody keeps more in a file, and where many blocks of addresses meet many workloads there are millions. */
const MOST_ROWS = 200_000;

/** @throws UsageError for a table that nobody would keep */
function keepable(rows: Iterable<FlowRow>): FlowRow[] {
  const kept: FlowRow[] = [];
  for (const row of rows) {
    if (kept.length === MOST_ROWS) {
      throw new UsageError(`--init: the table would have more than ${MOST_ROWS} rows; name the files of fewer workloads, or write one by hand with places such as namespace/*`);
    }
    kept.push(row);
  }
  return kept;
}

function readTable(file: string): FlowTable {
  try {
    const { value, lineOf } = openYamlFile(file);
    return readFlowTable(value, file, lineOf);
  } catch (error) {
    if (error instanceof UnreadableFile) throw new UsageError(`--spec ${file}: ${error.message}`);
    throw error;
  }
}
