import { HeaderMatch } from './header-match';
import { HttpPath } from './http-path';
import { secretProblem } from './secret-problem';
import { insist, refuse } from '../values/guardrails-error';
import { headerNameProblem, hostProblem, httpMethodProblem } from '../values/http';
import { insistArguments } from '../values/insist-typed';
import { type Problem, problem } from '../values/problem';
import { re2Escape, re2Problem } from '../values/re2';

/**
 * Properties for `HttpRule.of`. All that is given must hold.
 */
export interface HttpRuleProps {
  /**
   * Methods, such as `GET`; any of them.
   *
   * @default - any method
   */
  readonly methods?: string[];

  /**
   * Which request targets.
   *
   * @default - any
   */
  readonly path?: HttpPath;

  /**
   * Host name that the request is for. The `Host` header is compared with the port in it, where the client names one: this name
   * matches alone and with any port behind it.
   *
   * @default - any
   */
  readonly host?: string;

  /**
   * Hosts by an expression in RE2 syntax, which must match the whole `Host` header, port included: end it in `(:[0-9]+)?` where a
   * client may name one. Not together with `host`.
   *
   * @default - any
   */
  readonly hostRegex?: string;

  /**
   * Headers that must be there, whatever their value.
   *
   * @default - none
   */
  readonly headers?: string[];

  /**
   * Headers that must have a value, or that are set when they do not.
   *
   * @default - none
   */
  readonly headerMatches?: HeaderMatch[];
}

/**
 * An HTTP request that is allowed.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/layer7/#http
 * @example
 *
 * HttpRule.of({ methods: ['GET', 'HEAD'], path: HttpPath.prefix('/v1'), host: 'api.example.com' });
 */
export class HttpRule {
  /** GET requests for a path. */
  public static get(path: HttpPath): HttpRule { return HttpRule.of({ methods: ['GET'], path: givenPath(path) }); }

  /** HEAD requests for a path. */
  public static head(path: HttpPath): HttpRule { return HttpRule.of({ methods: ['HEAD'], path: givenPath(path) }); }

  /** POST requests for a path. */
  public static post(path: HttpPath): HttpRule { return HttpRule.of({ methods: ['POST'], path: givenPath(path) }); }

  /** PUT requests for a path. */
  public static put(path: HttpPath): HttpRule { return HttpRule.of({ methods: ['PUT'], path: givenPath(path) }); }

  /** PATCH requests for a path. */
  public static patch(path: HttpPath): HttpRule { return HttpRule.of({ methods: ['PATCH'], path: givenPath(path) }); }

  /** DELETE requests for a path. */
  public static delete(path: HttpPath): HttpRule { return HttpRule.of({ methods: ['DELETE'], path: givenPath(path) }); }

  /** OPTIONS requests for a path. */
  public static options(path: HttpPath): HttpRule { return HttpRule.of({ methods: ['OPTIONS'], path: givenPath(path) }); }

  /** Any method on a path. */
  public static path(path: HttpPath): HttpRule { return HttpRule.of({ path: givenPath(path) }); }

  /** Any request. Restricts nothing, but lets Cilium see the requests. */
  public static any(): HttpRule { return new HttpRule({}); }

  /**
   * A gRPC call, which is a POST for `/<service>/<method>`.
   *
   * @param service full name of the service with its package, as in `grpc.health.v1.Health`
   * @param methods names of the methods; every method of the service when none is given
   */
  public static grpc(service: string, ...methods: string[]): HttpRule {
    insistArguments('HttpRule.grpc', { service, methods });
    const factory = 'HttpRule.grpc';
    if (!/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(service)) {
      refuse(factory, 'service', problem(service, 'a full service name such as grpc.health.v1.Health', 'Write package and service with dots, as the .proto file does.'));
    }
    for (const method of methods) {
      if (!/^[A-Za-z_]\w*$/.test(method)) {
        refuse(factory, 'method', problem(method, 'a method name such as Check', 'Write the name alone, as the .proto file does.'));
      }
    }
    const names = methods.length === 0 ? '[^/?]+' : methods.length === 1 ? methods[0]! : `(${[...methods].sort().join('|')})`;
    return new HttpRule({ methods: ['POST'], path: HttpPath.raw(`/${re2Escape(service)}/${names}`) });
  }

  /**
   * Requests for which everything given holds.
   *
   * @throws when nothing is given, a list of methods is empty, or a method, host, header or Secret is none
   */
  public static of(props: HttpRuleProps): HttpRule {
    insistArguments('HttpRule.of', { props });
    const factory = 'HttpRule.of';
    if (props.path !== undefined) givenPath(props.path);
    if (Object.values(props).every(value => value === undefined || (Array.isArray(value) && value.length === 0))) {
      refuse(factory, 'rule', { given: 'nothing', allowed: 'at least one condition', mend: 'Write HttpRule.any() if every request is meant.' });
    }
    if (props.methods?.length === 0) {
      refuse(factory, 'methods', { given: 'an empty list', allowed: 'at least one method', mend: 'Leave `methods` out if any method is meant.' });
    }
    props.methods?.forEach(method => insist(factory, 'method', httpMethodProblem(method)));
    if (props.host !== undefined && props.hostRegex !== undefined) {
      refuse(factory, 'host', { given: 'host and hostRegex', allowed: 'one of them', mend: 'Keep the one that is meant.' });
    }
    if (props.host !== undefined) insist(factory, 'host', hostProblem(props.host));
    if (props.hostRegex !== undefined) insist(factory, 'hostRegex', emptyProblem(props.hostRegex, 'hostRegex') ?? re2Problem(props.hostRegex));
    props.headers?.forEach(name => insist(factory, 'header', headerNameProblem(name)));
    props.headerMatches?.forEach(({ name, value, secret }) => {
      insist(factory, 'header', headerNameProblem(name));
      if ((value === undefined) === (secret === undefined) || value === '') {
        const given = value === undefined ? 'neither value nor secret' : value === '' ? 'an empty value' : 'value and secret';
        refuse(factory, 'header', { given: `${name} with ${given}`, allowed: 'one of value and secret', mend: 'For a header that must only be there, use `headers`.' });
      }
      if (secret) insist(factory, 'header secret', secretProblem(secret));
    });
    return new HttpRule(props);
  }

  /** @internal */
  public readonly _path?: HttpPath;

  /**
   * Whether the rule changes requests. Those of several rules are changed one after the other.
   *
   * @internal
   */
  public readonly _changesRequests: boolean;

  private constructor(private readonly props: HttpRuleProps) {
    this._path = props.path;
    this._changesRequests = props.headerMatches?.some(({ mismatch }) => mismatch !== undefined) ?? false;
  }

  /** @internal */
  public _render(): object {
    const { methods, path, host, hostRegex, headers, headerMatches } = this.props;
    return {
      method: methods && [...new Set(methods)].sort().join('|'),
      path: path?.expression,
      // A client that names a port in the Host header asks for the same host.
      host: host === undefined ? hostRegex : `${re2Escape(host)}(:[0-9]+)?`,
      headers: headers && headers.length > 0 ? [...new Set(headers)].sort() : undefined,
      headerMatches: headerMatches && headerMatches.length > 0 ? headerMatches : undefined,
    };
  }
}

/** Cilium takes an empty expression for none. */
function emptyProblem(expression: string, field: string): Problem | undefined {
  return expression === '' ? problem(expression, 'an expression', `Leave \`${field}\` out if any is meant.`) : undefined;
}

/** A path in plain text would be no path at all, and so every path. */
function givenPath(path: HttpPath): HttpPath {
  if (path instanceof HttpPath) return path;
  return refuse('HttpRule', 'path', problem(path, 'an HttpPath', 'Write HttpPath.exact(\'/v1\') or HttpPath.prefix(\'/v1\').'));
}
