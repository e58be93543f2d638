import { coversPattern } from './covers-pattern';
import type { Request } from './l7';
import { remember } from './remember';
import { fqdnPatternMatches } from '../values/fqdn';
import { re2Escape } from '../values/re2';

/** A kind of request, as rules are told: `any method /v1/.* host api header X-Team: red`, `sni *.example.com`. */
type Fields =
  | { readonly kind: 'sni' | 'dns'; readonly name: string }
  | { readonly kind: 'http'; readonly patterns: readonly (string | undefined)[]; readonly headers: readonly string[] };

/**
 * Whether what a rule lets through, in the words of its limits, is all that another does. Where that cannot be decided, it is not: a
 * gate says too much rather than too little.
 */
export function coversRequest(wide: string, narrow: string): boolean {
  if (wide === narrow) return true;
  const [wanted, given] = [remember(readings, wide, readAll), remember(readings, narrow, readAll)];
  return given.every(fields => fields !== undefined)
    && wanted.every(one => one !== undefined && given.some(other => other !== undefined && covers(one, other)));
}

/** Whether of several requests each is covered by one of others. */
export function coversRequests(wide: readonly string[], narrow: readonly string[]): boolean {
  if (wide === narrow) return true;
  const same = new Set(wide);
  return narrow.every(request => same.has(request) || wide.some(other => coversRequest(other, request)));
}

const readings = new Map<string, readonly (Fields | undefined)[]>();

/** What both ends limit is told as `GET /v1 and GET .*`. */
function readAll(text: string): (Fields | undefined)[] {
  return text.split(' and ').map(read);
}

/** A request that is asked about, in the words of a rule that takes it and no other. */
export function textOfRequest({ http, sni, dns }: Request): string {
  const header = ([name, value]: readonly [string, string]) => `header ${name}: ${value}`;
  return [
    ...sni === undefined ? [] : [`sni ${sni}`],
    ...dns === undefined ? [] : [`dns ${dns}`],
    ...http === undefined ? [] : [[
      http.method === undefined ? 'any method' : re2Escape(http.method), http.path === undefined ? 'any path' : re2Escape(http.path),
      ...http.host === undefined ? [] : [`host ${re2Escape(http.host)}`],
      ...Object.entries(http.headers ?? {}).filter(([, value]) => value !== '').map(header),
    ].join(' ')],
  ].join(' and ');
}

/** Nothing for what is told in other words, or could be meant otherwise. */
function read(text: string): Fields | undefined {
  const [, kind, name = ''] = /^(sni|dns|kafka) (.*)$/.exec(text) ?? [];
  if (kind !== undefined) return kind === 'kafka' || !/^\S+$/.test(name) ? undefined : { kind: kind as 'sni' | 'dns', name };
  const [found, method, path, host, headers = ''] = /^(any method|\S+) (any path|\S+)(?: host (\S+))?((?: header .+)?)$/.exec(text) ?? [];
  if (found === undefined) return undefined;
  return {
    kind: 'http',
    patterns: [method === 'any method' ? undefined : method, path === 'any path' ? undefined : path, host],
    headers: headers.split(' header ').slice(1),
  };
}

function covers(wide: Fields, narrow: Fields): boolean {
  if (wide.kind !== 'http' || narrow.kind !== 'http') {
    return wide.kind === narrow.kind && wide.kind !== 'http' && narrow.kind !== 'http' && coversName(wide.name, narrow.name);
  }
  return wide.patterns.every((pattern, index) => pattern === undefined || coversPattern(pattern, narrow.patterns[index] ?? '.*'))
    && wide.headers.every(header => narrow.headers.some(other => coversHeader(header, other)));
}

/** Names and patterns of names; how far `**` goes depends on the version, so that it counts for no more than one label. */
function coversName(wide: string, narrow: string): boolean {
  if (wide === '*' || wide.toLowerCase() === narrow.toLowerCase()) return true;
  if (!narrow.includes('*')) return fqdnPatternMatches(wide, narrow);
  const [labels, others] = [wide, narrow].map(name => name.toLowerCase().split('.'));
  return !narrow.startsWith('**') && labels!.length === others!.length
    && labels!.every((label, index) => /^\*+$/.test(label) || label === others![index]);
}

/** The name of a header alone asks for no more than that it is there. */
function coversHeader(wide: string, narrow: string): boolean {
  const [[name, value], [other, otherValue]] = [wide, narrow].map(headerParts) as [[string, string], [string, string]];
  return name === other && (value === '' || value === otherValue);
}

function headerParts(header: string): [string, string] {
  const [, name = '', value = ''] = /^(\S+?):?(?:\s+(.*))?$/.exec(header) ?? [];
  return [name.toLowerCase(), value];
}
