import type { FlowRow } from './flow-row';
import type { FlowTable } from './flow-table';
import { isPortName } from './port-at';
import { parsePorts } from './port-text';
import { asList, asObject } from '../checks/read';
import { GuardrailsError } from '../values/guardrails-error';
import { problem } from '../values/problem';

const ROW_FIELDS = ['name', 'from', 'to', 'port', 'expect', 'http', 'sni', 'dns', 'only'];
const TABLE_FIELDS = ['flows', 'nothingElse', 'cluster'];

/**
 * A table of flows as a file says it.
 *
 * @param lineOf the line of what a JSON pointer leads to
 * @throws GuardrailsError that names the row, for what is none
 */
export function readFlowTable(value: unknown, file: string, lineOf?: (pointer: string) => number): FlowTable {
  const inFile = () => file;
  const table = asObject(value);
  if (!table || !Array.isArray(table.flows)) throw wrong(inFile, 'flows', value, 'a mapping with a list `flows`', 'Let `guardrails test --init` write one.');
  refuseOthers(table, TABLE_FIELDS, inFile);
  const { nothingElse = false } = table;
  if (typeof nothingElse !== 'boolean') throw wrong(inFile, 'nothingElse', nothingElse, 'true or false', 'Write true or false.');
  // What compares nothing would always pass.
  if (table.flows.length === 0 && !nothingElse) throw wrong(inFile, 'flows', table.flows, 'at least one row, or nothingElse: true', 'Write what is expected.');
  const placeOf = (index: number) => (lineOf ? `${file}:${lineOf(`/flows/${index}`)}` : file);
  return {
    flows: asList(table.flows).map((row, index) => readRow(row, () => `${placeOf(index)}: flows[${index}]`)),
    nothingElse,
    cluster: optional(table.cluster, 'cluster', inFile),
    placeOf,
  };
}

/** What is asked only where something is wrong: to find the line of a row takes time. */
type At = () => string;

function readRow(value: unknown, at: At): FlowRow {
  const row = asObject(value);
  if (!row) throw wrong(at, 'row', value, 'a mapping with from, to and port', 'Write `{ from: shop/web, to: shop/api, port: 8080 }`.');
  refuseOthers(row, ROW_FIELDS, at);
  const { name, from, to, port, expect = 'allowed', http, sni, dns, only } = row;
  if (expect !== 'allowed' && expect !== 'denied' && expect !== 'depends') {
    throw wrong(at, 'expect', expect, 'allowed, denied or depends', 'Write one of them.');
  }
  return {
    name: optional(name, 'name', at),
    from: required(from, 'from', at),
    to: required(to, 'to', at),
    port: readPort(port, at),
    expect,
    http: readHttp(http, at),
    sni: optional(sni, 'sni', at),
    dns: optional(dns, 'dns', at),
    only: readOnly(only, expect, at),
  };
}

const PORTS = '8080, 8080/tcp, 53/udp, 9090-9099/tcp, tcp for all of a protocol, icmp/8, any for everything, or the name that the pods give to a port';

function readPort(value: unknown, at: At): string {
  const text = typeof value === 'number' ? String(value) : required(value, 'port', at);
  if (parsePorts(text) === undefined && !isPortName(text)) throw wrong(at, 'port', value, PORTS, 'Write one of these.');
  return text;
}

function readOnly(value: unknown, expect: string, at: At): string[] | undefined {
  if (value === undefined) return undefined;
  if (expect === 'denied') throw wrong(at, 'only', value, 'nothing in a row of what is denied', 'Leave it out, or expect it to be allowed.');
  const requests = asList(value).filter(text => typeof text === 'string' && text !== '') as string[];
  if (requests.length === 0 || requests.length !== asList(value).length) {
    throw wrong(at, 'only', value, 'a list of requests', 'Write them as `guardrails explain` tells them: `only: [GET /v1/models]`.');
  }
  return requests;
}

function readHttp(value: unknown, at: At): FlowRow['http'] {
  if (value === undefined) return undefined;
  const http = asObject(value);
  if (!http) throw wrong(at, 'http', value, 'a mapping with method, path, host and headers', 'Write `http: { method: GET, path: /v1 }`.');
  refuseOthers(http, ['method', 'path', 'host', 'headers'], () => `${at()}: http`);
  const { method, path, host, headers } = http;
  const entries = Object.entries(asObject(headers) ?? {});
  const odd = entries.find(([, text]) => typeof text !== 'string');
  if (odd) throw wrong(at, `http.headers.${odd[0]}`, odd[1], 'a text', 'Write the value in quotes.');
  return {
    method: optional(method, 'http.method', at),
    path: optional(path, 'http.path', at),
    host: optional(host, 'http.host', at),
    headers: headers === undefined ? undefined : Object.fromEntries(entries) as Record<string, string>,
  };
}

function required(value: unknown, field: string, at: At): string {
  if (typeof value !== 'string' || value === '') throw wrong(at, field, value, 'a text', `Write \`${field}:\`, such as \`${EXAMPLES[field]}\`.`);
  return value;
}

const EXAMPLES: Record<string, string> = { from: 'from: shop/web', to: 'to: shop/api', port: 'port: 8080/tcp' };

function optional(value: unknown, field: string, at: At): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  throw wrong(at, field, value, 'a text', 'Write it in quotes, or leave it out.');
}

function refuseOthers(fields: Record<string, unknown>, allowed: readonly string[], at: At): void {
  const other = Object.keys(fields).find(field => !allowed.includes(field));
  if (other !== undefined) throw wrong(at, other, fields[other], allowed.join(', '), `Mend the name, or take \`${other}\` out.`);
}

function wrong(at: At, what: string, given: unknown, allowed: string, mend: string): GuardrailsError {
  return new GuardrailsError(at(), what, problem(given, allowed, mend));
}
