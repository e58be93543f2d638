/** A Kubernetes object as plain data. */
export interface KubeObject {
  readonly apiVersion?: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Record<string, string>;
  };
  readonly [field: string]: any;
}

/** How verdicts and errors call an object. */
export function title(object: KubeObject): string {
  const { name, namespace } = object.metadata;
  return `${object.kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

/** A list in a manifest: absent and null are both "not given". */
export type Given<T> = T | null | undefined;

export function isGiven<T>(value: Given<T>): value is T {
  return value !== undefined && value !== null;
}
