import { copy, Dict } from './json';
import { Scope } from './scope';

/** A request to the API server, as a test words it. */
export interface Request {
  /** @default 'CREATE' */
  readonly operation?: 'CREATE' | 'UPDATE' | 'DELETE';
  /** The object that is created, the new state on UPDATE, the object to go on DELETE. */
  readonly object: any;
  /** The state before. Required on UPDATE. */
  readonly oldObject?: any;
  /** @default - those of the Namespace object that Admission was given */
  readonly namespaceLabels?: Record<string, string>;
  readonly userInfo?: UserInfo;
  /** For example `status` or `exec`. */
  readonly subresource?: string;
}

/** Who asks. A service account implies its user name and groups. */
export interface UserInfo {
  readonly username?: string;
  readonly groups?: string[];
  readonly serviceAccount?: { readonly namespace: string; readonly name: string };
  /** Bound roles as `namespace:name`. */
  readonly roles?: string[];
  readonly clusterRoles?: string[];
}

export interface User {
  readonly username: string;
  readonly groups: string[];
  readonly roles?: string[];
  readonly clusterRoles?: string[];
}

/** The same request as the engine sees it. */
export interface Call {
  readonly operation: string;
  /** What rules are matched against: the new object, on DELETE the old one. */
  readonly subject: Dict;
  readonly oldObject?: Dict;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly subresource: string;
  /** Undefined where nothing is known about the namespace. */
  readonly namespaceLabels?: Dict;
  readonly user?: User;
}

export function callOf(request: Request, namespaces: Dict[]): Call {
  const { operation = 'CREATE', object, oldObject, subresource = '', userInfo } = copy(request);
  if (operation === 'UPDATE' && oldObject === undefined) {
    throw new Error('Admission: an UPDATE request needs oldObject, the state before the update');
  }
  const [version = '', group = ''] = `${object.apiVersion}`.split('/').reverse();
  const namespace = namespaces.find(({ metadata }) => metadata?.name === object.metadata?.namespace);
  const known = request.namespaceLabels ?? (namespace && (namespace.metadata.labels ?? {}));
  // An object outside any namespace is selected by nothing; every namespace carries its own name as a label.
  const labels = object.metadata?.namespace === undefined
    ? known ?? {}
    : known && { 'kubernetes.io/metadata.name': object.metadata.namespace, ...known };
  const before = operation === 'DELETE' ? oldObject ?? object : oldObject;
  return {
    operation,
    subject: operation === 'DELETE' ? before : object,
    oldObject: before,
    group,
    version,
    kind: object.kind,
    subresource,
    namespaceLabels: labels,
    user: userInfo && userOf(userInfo),
  };
}

/** The variables of a request. */
export function scopeOf(call: Call): Scope {
  const { operation, subject, oldObject, group, version, kind, subresource, user } = call;
  const [, namespace = '', name = ''] = /^system:serviceaccount:([^:]+):(.+)$/.exec(user?.username ?? '') ?? [];
  return new Scope({
    request: {
      operation,
      object: operation === 'DELETE' ? null : subject,
      oldObject: oldObject ?? null,
      name: subject.metadata?.name ?? '',
      namespace: subject.metadata?.namespace ?? '',
      kind: { group, version, kind },
      subResource: subresource,
      ...(user && {
        userInfo: { username: user.username, groups: user.groups },
        roles: user.roles ?? [],
        clusterRoles: user.clusterRoles ?? [],
      }),
    },
    ...(user && { serviceAccountName: name, serviceAccountNamespace: namespace }),
  });
}

function userOf({ username, groups = [], serviceAccount, roles, clusterRoles }: UserInfo): User {
  if (!serviceAccount) {
    return { username: username ?? '', groups: [...groups, 'system:authenticated'], roles, clusterRoles };
  }
  const { namespace, name } = serviceAccount;
  return {
    username: `system:serviceaccount:${namespace}:${name}`,
    groups: [...groups, 'system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
    roles,
    clusterRoles,
  };
}
