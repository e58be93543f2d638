import { hostInAscii } from './beyond-ascii';
import { dnsLabelProblem, dnsSubdomainProblem } from './names';
import { Problem, problem } from './problem';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'];

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** One HTTP method. Methods are case-sensitive, and proxies compare them so. */
export function httpMethodProblem(method: string): Problem | undefined {
  if (METHODS.includes(method)) {
    return undefined;
  }
  const upper = String(method).trim().toUpperCase();
  const mend = METHODS.includes(upper) ? `Write '${upper}'.` : 'Use one of them; for several write several rules.';
  return problem(method, METHODS.join(', '), mend);
}

/**
 * The name of a header, without colon and value.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2
 */
export function headerNameProblem(name: string): Problem | undefined {
  if (typeof name === 'string' && TOKEN.test(name)) {
    return undefined;
  }
  const [beforeColon = ''] = String(name ?? '').split(':');
  const corrected = beforeColon.trim().replace(/\s+/g, '-');
  const mend = TOKEN.test(corrected) ? `Write '${corrected}'.` : 'Write it like X-Request-Id.';
  return problem(name, 'letters, digits and !#$%&\'*+-.^_`|~', mend);
}

/**
 * A path as a request carries it when rules are compared with it: in ASCII, with percent signs for what no path holds as it is and for
 * nothing else. Before, Envoy decodes what need not be encoded, takes a backslash for a slash and sends an encoded one away.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-3.3
 * @see https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/network/http_connection_manager/v3/http_connection_manager.proto
 */
export function carriedPathProblem(path: string): Problem | undefined {
  const carried = path.replace(/%([0-9a-fA-F]{2})|[^-A-Za-z0-9._~!$&'()*+,;=:@/]/gu, (sign, hex?: string) => {
    const byte = hex === undefined ? sign : String.fromCharCode(parseInt(hex, 16));
    if (byte === '\\' || byte === '/') return '/';
    if (/^[-A-Za-z0-9._~]$/.test(byte)) return byte;
    return hex === undefined ? percentEncoded(sign) : sign.toUpperCase();
  });
  if (carried === path) return undefined;
  return problem(path, 'a path as requests carry it: in ASCII, and with %-signs for what no path holds as it is', `Write '${carried}'.`);
}

function percentEncoded(text: string): string {
  return [...Buffer.from(text)].map(byte => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

/** A host name, without scheme, port and wildcard. */
export function hostProblem(host: string): Problem | undefined {
  const wrong = dnsSubdomainProblem(host) ?? firstLongLabel(host);
  if (!wrong) {
    return undefined;
  }
  const allowed = 'a host name in lower case, without scheme, port, path and wildcard; at most 253 characters, 63 between two dots';
  return problem(host, allowed, hostMend(String(host)));
}

function firstLongLabel(host: string): Problem | undefined {
  return host.split('.').map((label) => dnsLabelProblem(label)).find((wrong) => wrong !== undefined);
}

function hostMend(host: string): string {
  if (host.includes('*')) {
    return 'Write one rule for each host.';
  }
  const inAscii = hostInAscii(host);
  if (inAscii !== undefined && !dnsSubdomainProblem(inAscii)) {
    return `Write '${inAscii}'.`;
  }
  const bare = host.trim().toLowerCase().replace(/^[a-z]+:\/\//, '').replace(/[:/].*$/s, '').replace(/\.$/, '');
  return bare !== host && !dnsSubdomainProblem(bare) && !firstLongLabel(bare) ? `Write '${bare}'.` : 'Write it like api.example.com.';
}
