import { RE2JS } from 're2js';
import type { HttpRule, PortRule } from './cilium-spec';
import { dnsMatches, dnsPatternMatches } from './dns-name';
import type { Connection, HttpRequest } from './flow';

export interface L7Options {
  readonly minor: number;
  /** Agent option http-normalize-path. */
  readonly normalizePath: boolean;
}

/** Whether a port rule looks at what is sent. An empty list of requests looks at nothing. */
export function isRestricted({ rules, serverNames }: PortRule): boolean {
  return [serverNames, rules?.http, rules?.dns, rules?.kafka].some((list) => (list ?? []).length > 0);
}

/** Whether a restricted port rule lets the request through; a connection without a request opens. */
export function requestMatches({ rules, serverNames }: PortRule, { http, dns, kafka, sni }: Connection, options: L7Options): boolean {
  const manyLevels = options.minor >= 19;
  const named = serverNames ?? [];
  if (named.length > 0 && sni !== undefined && !named.some((name) => sni !== '' && dnsPatternMatches(name, sni, manyLevels))) return false;
  if (http === undefined && dns === undefined && kafka === undefined) return true;
  const [httpRules, dnsRules, kafkaRules] = [rules?.http ?? [], rules?.dns ?? [], rules?.kafka ?? []];
  if (httpRules.length + dnsRules.length + kafkaRules.length === 0) return true;
  return (http !== undefined && httpRules.some((rule) => httpMatches(rule, http, options)))
    || (dns !== undefined && dnsRules.some((rule) => dnsMatches(rule, dns, manyLevels)))
    || (kafka !== undefined && kafkaRules.some((rule) => kafkaMatches(rule, { ...kafka })));
}

/** Every field of the rule has to be that of the request. */
function kafkaMatches(rule: Record<string, string>, sent: Record<string, string | undefined>): boolean {
  return Object.entries(rule).every(([field, value]) => sent[field] === value);
}

/**
 * Method, path and host are regular expressions over the whole value, path including its query.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/layer7/#http
 */
function httpMatches(rule: HttpRule, { method = 'GET', path = '/', host = '', headers = {} }: HttpRequest, options: L7Options): boolean {
  const sent = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return fullMatch(rule.method, method)
    && fullMatch(rule.path, options.normalizePath ? normalized(path) : path)
    && fullMatch(rule.host, host)
    && (rule.headers ?? []).every((header) => headerMatches(header, sent))
    && (rule.headerMatches ?? []).every(({ name, value, secret, mismatch }) => {
      // With an action for the mismatch the header is mended or logged and the request goes through.
      if (mismatch) return true;
      if (secret !== undefined) throw new Error(`reach: header ${name} is compared with a secret, whose value is not known here`);
      const given = sent.get(name.toLowerCase());
      return value === undefined ? Boolean(given) : given === value;
    });
}

/** An absent or empty field takes any value. */
function fullMatch(pattern: string | undefined, text: string): boolean {
  return !pattern || RE2JS.compile(pattern).matches(text);
}

/** `Name: value` compares, `Name` alone asks for presence. */
function headerMatches(header: string, sent: Map<string, string>): boolean {
  const [, name = '', value] = /^(\S+?):?(?:\s+(.*))?$/.exec(header) ?? [];
  const given = sent.get(name.toLowerCase());
  return value === undefined ? Boolean(given) : given === value;
}

/** Escaped slashes are answered with a redirect to the path without them, so that path is the one to ask about. */
function normalized(target: string): string {
  const [path = '', ...query] = target.split('?');
  const plain = path.replace(/%2f/gi, '/').replace(/%5c/gi, '\\').replace(/\\/g, '/');
  return [withoutDots(unescaped(plain)).replace(/\/+/g, '/'), ...query].join('?');
}

/** RFC 3986, section 6.2.2.2: unreserved characters are the same with and without an escape. */
function unescaped(path: string): string {
  return path.replace(/%([0-9a-f]{2})/gi, (escape: string, code: string) => {
    const character = String.fromCharCode(parseInt(code, 16));
    return /[\w.~-]/.test(character) ? character : escape;
  });
}

/** RFC 3986, section 5.2.4. */
function withoutDots(path: string): string {
  const segments = path.split('/');
  const last = segments.length - 1;
  const kept: string[] = [];
  segments.forEach((segment, index) => {
    if (segment === '..' && kept.length > 1) kept.pop();
    if (segment !== '.' && segment !== '..') kept.push(segment);
    else if (index === last) kept.push('');
  });
  return kept.join('/');
}
