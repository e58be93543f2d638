export interface PodOptions {
  /** @default 'probe' */
  readonly name?: string;
  /** @default 'default' */
  readonly serviceAccount?: string;
  readonly ports?: { name?: string; containerPort: number; protocol?: string }[];
  readonly ip?: string;
  /** @default false */
  readonly hostNetwork?: boolean;
}

/** A Pod manifest, to ask about a pod that no workload of the test describes. */
export function pod(namespaceName: string, labels: Record<string, string>, options: PodOptions = {}): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: options.name ?? 'probe', namespace: namespaceName, labels },
    spec: {
      serviceAccountName: options.serviceAccount ?? 'default',
      hostNetwork: options.hostNetwork ?? false,
      containers: [{ name: 'main', image: 'probe', ports: options.ports ?? [] }],
    },
    ...(options.ip === undefined ? {} : { status: { podIP: options.ip } }),
  };
}

/** A Namespace manifest. */
export function namespace(name: string, labels: Record<string, string> = {}): object {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}
