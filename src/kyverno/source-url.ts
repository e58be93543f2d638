import { type Problem, problem } from '../values/problem';

const SHAPE = /^(https?|ssh|oci):\/\/([\w.-]+@)?[\w.-]+(:\d+)?\/([^\s|&!<>{}%]+)$/;

/**
 * What is wrong with a pattern of addresses. The host has no wildcard, and neither has a part of the first segment of the path: otherwise
 * `https://github.com/acme*` would be everybody's who calls himself acme-something.
 */
export function sourceUrlProblem(pattern: string): Problem | undefined {
  const allowed = 'an address with scheme, host and path, in whose path `*` and `?` are wildcards';
  const [, , , , path] = SHAPE.exec(pattern) ?? [];
  if (path === undefined || path.split('/').includes('..')) return problem(pattern, allowed, 'Write it like https://github.com/acme/*.');
  const [first = ''] = path.split('/');
  return first !== '*' && /[*?]/.test(first)
    ? problem(pattern, `${allowed}, though not in a part of its first segment`, `Write '${pattern.slice(0, -path.length)}${first.replace(/[*?].*$/, '')}/*'.`)
    : undefined;
}
