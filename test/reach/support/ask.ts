import { type Answer, Cluster, type ManifestOptions, type Question } from '../../../src/reach';

/** The answer to a question about objects; TCP 80 unless asked about something else. */
export function ask(objects: readonly object[], question: Partial<Question> & Pick<Question, 'from' | 'to'>, options: ManifestOptions = {}): Answer {
  return Cluster.fromManifests(objects, options).query({ port: 80, ...question });
}

/** A NetworkPolicy. */
export function policy(namespace: string, spec: object, name = 'p'): object {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

/** A CiliumNetworkPolicy. */
export function cnp(namespace: string, spec: object, name = 'p'): object {
  return { apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name, namespace }, spec };
}

/** A CiliumClusterwideNetworkPolicy. */
export function ccnp(spec: object, name = 'p'): object {
  return { apiVersion: 'cilium.io/v2', kind: 'CiliumClusterwideNetworkPolicy', metadata: { name }, spec };
}

/** A workload of a kind that has a pod template. */
export function workload(kind: string, namespace: string, name: string, labels: Record<string, string>, metadata: object = {}): object {
  const template = { metadata: { labels }, spec: { containers: [] } };
  const spec = kind === 'CronJob' ? { jobTemplate: { spec: { template } } } : { template };
  return { apiVersion: kind.endsWith('Job') ? 'batch/v1' : 'apps/v1', kind, metadata: { name, namespace, ...metadata }, spec };
}
