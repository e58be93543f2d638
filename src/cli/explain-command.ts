import type { Command } from './command';
import { ExitCode, UsageError } from './exit-code';
import type { Io } from './io';
import { oneOf, parseOptions } from './parse-options';
import { CLUSTER_HELP, CLUSTER_OPTION, engineFor, pickCluster } from './pick-cluster';
import { Progress } from './progress';
import { leftOut, servicePortNotes } from './question-notes';
import { readInput } from './read-input';
import { insistTarget, TARGET_HELP, TARGET_OPTIONS } from './target-options';
import { writeOutput } from './write-output';
import { type Verdict, verdictText } from '../reach/answer';
import { expectVerdict } from '../reach/expect-verdict';
import type { HttpRequest } from '../reach/l7';
import { portAsked } from '../reach/port-at';
import { answersJson, answersText } from '../report/answers';

const VERDICTS: readonly Verdict[] = ['allowed', 'denied', 'depends'];

const help = `Usage: guardrails explain PATH... --from PLACE --to PLACE --port PORT [options]

Whether a connection passes, and the policies and rules that let it through, stop it, or come close. PATH is a file, a
folder, a glob, git:REVISION:PATH, or - for standard input.

Connection:
  --from PLACE      Who calls
  --to PLACE        Who is called
  --port PORT       8080, 8080/tcp, 53/udp, 5000/sctp, http or http/udp by name, icmp/8. Policies see the port that the
                    pods listen on, not the one of a Service
  --method METHOD   HTTP method of the request; parts of a request that are left out may be anything
  --path PATH       HTTP path, with its query
  --host HOST       HTTP host
  --header TEXT     HTTP header as 'Name: value', 'Name:' for one that is not sent; may be given several times
  --sni NAME        Server name of the TLS handshake
  --dns NAME        Name that is asked for; the port is 53/udp unless given
  PLACE is namespace/name, namespace/name[Kind], namespace/*, namespace/label=value, an address, a CIDR or
  'CIDR except CIDR, CIDR', a DNS name, world, host, remote-node, kube-apiserver, node:NAME, or
  namespace/label=value[Pods] for pods that the manifests do not have; --to is also namespace/name[Service], with a port
  of the Service: its backends are asked about. Every pair that is meant has an answer.

${TARGET_HELP}${CLUSTER_HELP}
Output:
  --json            The answers as data
  --output FILE     Write there, not to standard output
  --expect VERDICT  allowed, denied or depends: exit code 1 when the answer for any pair is another

Exit code: 0, 1 when it is not as expected, 2 for arguments or input that cannot be read.

Examples:
  guardrails explain deploy --from payments/payments-frontend --to payments/payments-api --port 8080/tcp
  guardrails explain deploy --from shop/web --to shop/api --port http --method GET --path /v1/items
  guardrails explain deploy --from 'shop/*' --to 169.254.169.254 --port 80 --expect denied
  guardrails explain deploy --from shop/web --to 'shop/api[Service]' --port 80
`;

const OPTIONS = {
  ...TARGET_OPTIONS,
  ...CLUSTER_OPTION,
  from: { type: 'string' },
  to: { type: 'string' },
  port: { type: 'string' },
  method: { type: 'string' },
  path: { type: 'string' },
  host: { type: 'string' },
  header: { type: 'string', multiple: true, default: [] as string[] },
  sni: { type: 'string' },
  dns: { type: 'string' },
  json: { type: 'boolean', default: false },
  output: { type: 'string' },
  expect: { type: 'string' },
} as const;

export const explainCommand: Command = { help, run };

async function run(args: string[], io: Io): Promise<ExitCode> {
  const { values, positionals } = parseOptions(args, OPTIONS);
  if (positionals.length === 0) throw new UsageError('no PATH given; name files, folders, or - for standard input');
  const { from, to, sni, dns } = values;
  if (from === undefined || to === undefined) throw new UsageError('--from PLACE and --to PLACE are needed, such as --from shop/web --to shop/api');
  const expected = values.expect === undefined ? undefined : oneOf('expect', values.expect, VERDICTS);
  const port = values.port ?? (dns === undefined ? undefined : '53/udp');
  if (port === undefined) throw new UsageError('--port PORT is needed, such as 8080/tcp, 53/udp, http or icmp/8');
  portAsked(port);
  const http = requestOf(values);
  insistTarget(values);
  const { objects, incomplete } = readInput('explain', positionals, io, new Progress(io));
  // Whoever is asked about by name is in the set: the others need not be found.
  const cluster = engineFor(pickCluster(objects, values.cluster, io), values, io, {
    strangers: /[=*[!(]/.test(from + to), isGate: expected !== undefined,
  });
  const question = { from, to, port, http, sni, dns };
  const { unexpected, answers: all } = expectVerdict(expected, question, cluster);
  const answers = all();
  for (const text of [...cluster.notes.map(note => note.text), ...leftOut(cluster, question), ...servicePortNotes(cluster, question)]) io.stderr(`note: ${text}\n`);
  const color = io.color && values.output === undefined;
  await writeOutput(values.json ? answersJson(answers) : answersText(answers, color), values.output, io);
  if (incomplete) return ExitCode.USAGE;
  for (const { from: source, to: destination, port: asked, verdict, conditions } of unexpected) {
    io.stderr(`expected ${expected!}: ${source} => ${destination} : ${asked} ${verdictText(verdict, conditions)}\n`);
  }
  return unexpected.length === 0 ? ExitCode.OK : ExitCode.FINDINGS;
}

/** Without any part of it no request is asked about, and limits on requests are told instead. */
function requestOf({ method, path, host, header }: {
  readonly method?: string; readonly path?: string; readonly host?: string; readonly header: readonly string[];
}): HttpRequest | undefined {
  if (method === undefined && path === undefined && host === undefined && header.length === 0) return undefined;
  const headers = header.map(text => {
    const [, name, value] = /^([^\s:]+):\s*(.*)$/.exec(text) ?? [];
    if (name === undefined) throw new UsageError(`--header ${text}: 'Name: value' is needed`);
    return [name, value!] as const;
  });
  return { method, path, host, headers: Object.fromEntries(headers) };
}
