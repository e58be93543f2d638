/**
 * The path as Envoy hands it to the rules when the agent has it normalised: no dot segments, no empty segments, what needs no escape
 * as itself, and slashes that were escaped as plain ones, since Envoy answers them with a redirect to that path. The query stays as it is.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/network/http_connection_manager/v3/http_connection_manager.proto
 */
export function normalizedTarget(target: string): string {
  const at = target.indexOf('?');
  const path = at < 0 ? target : target.slice(0, at);
  const slashes = path.replace(/%2f/gi, '/').replace(/%5c/gi, '/').replaceAll('\\', '/');
  return withoutDotSegments(unescaped(slashes)).replace(/\/{2,}/g, '/') + (at < 0 ? '' : target.slice(at));
}

/**
 * Letters, digits and `-._~` are the same escaped and as themselves; every other escape stays.
 *
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2.2
 */
function unescaped(path: string): string {
  return path.replace(/%(?:2[de]|3\d|4[1-9a-f]|5[\daf]|6[1-9a-f]|7[\dae])/gi, escape => String.fromCharCode(parseInt(escape.slice(1), 16)));
}

/** @see https://www.rfc-editor.org/rfc/rfc3986#section-5.2.4 */
function withoutDotSegments(path: string): string {
  if (!path.startsWith('/')) return path;
  const kept: string[] = [];
  const segments = path.slice(1).split('/');
  segments.forEach((segment, index) => {
    const isLast = index === segments.length - 1;
    if (segment === '..') kept.pop();
    if (segment !== '.' && segment !== '..') kept.push(segment);
    else if (isLast) kept.push('');
  });
  return `/${kept.join('/')}`;
}
