import { insist, refuse } from '../values/guardrails-error';
import { carriedPathProblem } from '../values/http';
import { insistArguments } from '../values/insist-typed';
import { problem } from '../values/problem';
import { re2Escape, re2Problem } from '../values/re2';

/**
 * Options for `HttpPath.prefix` and `HttpPath.exact`.
 */
export interface HttpPathOptions {
  /**
   * Whether a query string may follow.
   *
   * @default true
   */
  readonly query?: boolean;
}

/**
 * Which request targets are meant. Cilium hands the path to Envoy, which compares it with the whole target, query string
 * included: an expression such as `^/api/v1/` matches `/api/v1/` and nothing below it.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/layer7/#http
 * @example
 *
 * HttpRule.get(HttpPath.prefix('/api/v1'));
 */
export class HttpPath {
  /**
   * This path and everything below it, by whole segments: `/a/b` covers `/a/b`, `/a/b/` and `/a/b/c`, never `/a/bc`.
   *
   * @throws when the path does not begin with a slash, holds a query, a fragment, a dot segment or a double slash, or is not written as
   * requests carry it: `/k%C3%A4se` for `/käse`, and `/a` for `/%61`
   */
  public static prefix(path: string, options: HttpPathOptions = {}): HttpPath {
    insistArguments('HttpPath.prefix', { path, options });
    literalPath('HttpPath.prefix', path);
    const base = re2Escape(path.replace(/\/$/, ''));
    // Nothing is outside of the root, whatever dot segments come to.
    if (base === '') return new HttpPath(options.query ?? true ? '/.*' : '/[^?]*', false);
    return new HttpPath(options.query ?? true ? `${base}([/?].*)?` : `${base}(/[^?]*)?`, true);
  }

  /**
   * This path and no other.
   *
   * @throws when the path does not begin with a slash, holds a query, a fragment, a dot segment or a double slash, or is not written as
   * requests carry it: `/k%C3%A4se` for `/käse`, and `/a` for `/%61`
   */
  public static exact(path: string, options: HttpPathOptions = {}): HttpPath {
    insistArguments('HttpPath.exact', { path, options });
    literalPath('HttpPath.exact', path);
    return new HttpPath(options.query ?? true ? `${re2Escape(path)}(\\?.*)?` : re2Escape(path), false);
  }

  /**
   * An expression in RE2 syntax that must match the whole target, query string included.
   *
   * @throws when it does not compile, or holds an anchor: those who write one mean a search, and there is none
   */
  public static regex(expression: string): HttpPath {
    const factory = 'HttpPath.regex';
    insist(factory, 'path', re2Problem(expression));
    if (/^\^|(^|[^\\])\$$/.test(expression)) {
      refuse(factory, 'path', problem(
        expression,
        'an expression for the whole target, without ^ and $',
        'Drop the anchors and write .* where more may follow, or use HttpPath.prefix.',
      ));
    }
    if (!/^(\/|\(|\[|\.|\\)/.test(expression)) {
      refuse(factory, 'path', problem(expression, 'an expression that begins with a slash, as every target does', 'Put the slash in front.'));
    }
    return new HttpPath(expression, false);
  }

  /**
   * An expression in RE2 syntax as it is. What it really matches is the whole target, whatever it looks like.
   *
   * @throws when it is empty or does not compile
   */
  public static raw(expression: string): HttpPath {
    const factory = 'HttpPath.raw';
    if (expression === '') refuse(factory, 'path', problem(expression, 'an expression', 'Leave the path out of the rule: Cilium takes an empty one for any.'));
    insist(factory, 'path', re2Problem(expression));
    return new HttpPath(expression, false);
  }

  /** The expression that is written into the policy. */
  public readonly expression: string;

  /**
   * Whether dot segments would let a request out of the path, unless they are resolved before it is matched.
   *
   * @internal
   */
  public readonly _needsNormalizedPaths: boolean;

  private constructor(expression: string, needsNormalizedPaths: boolean) {
    this.expression = expression;
    this._needsNormalizedPaths = needsNormalizedPaths;
  }
}

function literalPath(factory: string, path: string): void {
  const allowed = 'a path that begins with / and has no query, fragment, dot segment or double slash';
  if (!path.startsWith('/')) refuse(factory, 'path', problem(path, allowed, `Write '/${path}'.`));
  if (/[?#]/.test(path)) refuse(factory, 'path', problem(path, allowed, 'Leave out the query and the fragment; a query may follow unless `query` is false.'));
  if (/\/\/|\/\.{1,2}(\/|$)/.test(path)) refuse(factory, 'path', problem(path, allowed, 'Write the path as it is after dot segments and double slashes are resolved.'));
  if (/[*\s]/.test(path)) refuse(factory, 'path', problem(path, `${allowed}; no wildcard and no blank`, 'Use HttpPath.prefix for everything below a path, or HttpPath.regex.'));
  insist(factory, 'path', carriedPathProblem(path));
}
