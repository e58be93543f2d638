import { together } from './connection';
import { coversPattern } from './covers-pattern';
import { DnsNames } from './dns-names';
import { compareText } from './endpoint';
import { normalizedTarget } from './http-target';
import type { HttpRequest, KafkaRequest, L7, Request } from './l7';
import { allMatch, anyMatch, type Match } from './party';
import { asList, asObject, asString } from '../checks/read';
import { fqdnPatternMatches } from '../values/fqdn';
import { re2Matcher } from '../values/re2';

type Fields = Record<string, unknown>;

export interface L7Settings {
  readonly ciliumMinor: number;
  /** Agent option `http-normalize-path`. */
  readonly normalizedPaths: boolean;
}

/** The restrictions of a port rule; nothing where it takes every request, as with lists that are empty. */
export function readL7(portRule: Fields, settings: L7Settings): L7 | undefined {
  const rules = asObject(portRule.rules) ?? {};
  const names = strings(portRule.serverNames);
  const http = objects(rules.http).map(rule => httpRule(rule, settings));
  const dns = objects(rules.dns);
  const kafka = objects(rules.kafka).map(kafkaRule);
  const foreign = foreignParser(portRule, rules);
  const requests = [...http, ...dns.map(rule => dnsRule(rule, settings.ciliumMinor)), ...kafka, ...foreign];
  if (requests.length === 0 && names.length === 0) return undefined;
  const [server, texts] = [names.map(name => `sni ${name}`), requests.map(({ text }) => text)];
  return {
    // The handshake has to have one of the names, and the request to be one of those that are listed.
    texts: names.length > 0 && texts.length > 0 ? together(unique(server), unique(texts)) : unique([...server, ...texts]),
    matches: request => allMatch(serverMatches(names, request, settings.ciliumMinor), requestMatches(requests, request)),
    asks: dns.length > 0 ? new DnsNames(dns, settings.ciliumMinor) : undefined,
  };
}

interface RequestRule {
  readonly text: string;
  matches(request: Request): Match;
}

/** Without a request the question is only whether the connection opens. */
function requestMatches(rules: readonly RequestRule[], request: Request): Match {
  const asks = request.http ?? request.dns ?? request.kafka;
  return asks === undefined || rules.length === 0 || anyMatch(rules.map(rule => rule.matches(request)));
}

function serverMatches(names: readonly string[], { sni }: Request, minor: number): Match {
  if (names.length === 0 || sni === undefined) return true;
  return sni !== '' && names.some(name => fqdnPatternMatches(name, sni, minor));
}

function httpRule(rule: Fields, { normalizedPaths }: L7Settings): RequestRule {
  const [method, path, host] = [rule.method, rule.path, rule.host].map(field => asString(field) ?? '');
  const fields = [
    ...method ? [fieldRule('method', method, ANY_TEXT)] : [], ...path ? [fieldRule('path', path, ANY_PATH)] : [],
    ...host ? [fieldRule('host', host, ANY_TEXT)] : [],
  ];
  const headers = [...strings(rule.headers).map(headerText), ...objects(rule.headerMatches).flatMap(headerMatch)];
  return {
    text: [method || 'any method', path || 'any path', host && `host ${host}`, ...headers.map(({ text }) => text)].filter(Boolean).join(' '),
    matches: ({ http }) => {
      if (!http) return false;
      const sent = normalizedPaths && http.path !== undefined ? { ...http, path: normalizedTarget(http.path) } : http;
      return eachOf([...fields, ...headers].map(one => one.matches(sent)));
    },
  };
}

const THE_REQUEST_HAS = 'the request has the';

/** All that a request has to fulfil, in one condition. */
function eachOf(matches: readonly Match[]): Match {
  if (matches.includes(false)) return false;
  const [first, ...more] = matches.filter(match => typeof match === 'string');
  return first === undefined || [first, ...more.map(condition => condition.replace(THE_REQUEST_HAS, 'the'))].join(' and ');
}

const ANY_TEXT = '.*';
const ANY_PATH = '/.*';

/** What a request does not say of itself may be anything. */
function fieldRule(field: 'method' | 'path' | 'host', pattern: string, any: string): Pick<HeaderRule, 'matches'> {
  const matches = lazy(() => re2Matcher(pattern));
  const unless = lazy<Match>(() => coversPattern(pattern, any) || `${THE_REQUEST_HAS} ${field} ${pattern}`);
  return {
    matches: request => {
      const sent = request[field];
      return sent === undefined ? unless() : matches()(sent);
    },
  };
}

interface HeaderRule {
  readonly text: string;
  matches(request: HttpRequest): Match;
}

/** `Name: value` compares, `Name` alone asks for presence. */
function headerText(text: string): HeaderRule {
  const [, name = '', value] = /^(\S+?):?(?:\s+(.*))?$/.exec(text) ?? [];
  return { text: `header ${text}`, matches: request => headerIs(request, name, value, text) };
}

/** With an action for the mismatch the header is mended or logged, and the request goes on. */
function headerMatch({ name, value, secret, mismatch }: Fields): HeaderRule[] {
  if (typeof name !== 'string' || mismatch) return [];
  if (secret) return [{ text: `header ${name} with a secret value`, matches: () => `the value of header ${name} is in a Secret` }];
  const wanted = asString(value);
  const text = `${name}${wanted === undefined ? '' : `: ${wanted}`}`;
  return [{ text: `header ${text}`, matches: request => headerIs(request, name, wanted, text) }];
}

function headerIs({ headers = {} }: HttpRequest, name: string, value: string | undefined, text: string): Match {
  const sent = Object.entries(headers).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  if (sent === undefined) return `${THE_REQUEST_HAS} header ${text}`;
  return value === undefined ? sent !== '' : sent === value;
}

function dnsRule(rule: Fields, minor: number): RequestRule {
  const names = new DnsNames([rule], minor);
  return {
    text: `dns ${asString(rule.matchName) ?? asString(rule.matchPattern) ?? ''}`,
    matches: ({ dns }) => dns !== undefined && names.hold(dns),
  };
}

function kafkaRule(rule: Fields): RequestRule {
  const wanted = Object.entries(rule).filter((entry): entry is [keyof KafkaRequest, string] => typeof entry[1] === 'string');
  return {
    text: `kafka ${wanted.map(([field, value]) => `${field}=${value}`).sort().join(' ')}`.trim(),
    matches: ({ kafka }) => kafka !== undefined && wanted.every(([field, value]) => kafka[field] === value),
  };
}

/** What goes through a listener or a parser of somebody else's, nobody knows from the manifests. */
function foreignParser(portRule: Fields, rules: Fields): RequestRule[] {
  const parser = asString(rules.l7proto);
  const listener = asString(asObject(portRule.listener)?.name);
  const unknown = parser ? `the parser ${parser}` : listener ? `the Envoy listener ${listener}` : undefined;
  return unknown === undefined ? [] : [{ text: unknown, matches: () => `${unknown} decides` }];
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort(compareText);
}

function strings(value: unknown): string[] {
  return asList(value).filter(entry => typeof entry === 'string');
}

function objects(value: unknown): Fields[] {
  return asList(value).map(entry => asObject(entry) ?? {});
}

function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
