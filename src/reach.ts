/**
 * Who can reach whom, and why, from plain Kubernetes objects.
 *
 *     const cluster = Cluster.fromManifests(objects, { target: { cni: 'cilium' } });
 *     const answer = cluster.query({ from: 'shop/web', to: 'shop/api', port: 8080 });
 *     console.log(answerText(answer));
 */
export { answerText, type Answer, type HalfAnswer, type Reason, type Verdict } from './reach/answer';
export { Cluster, type ClusterOptions, type ManifestOptions, type Question } from './reach/cluster';
export type { Connection, Limited, Passing } from './reach/connection';
export { connectionText } from './reach/connection-text';
export type { DataplaneName, Note } from './reach/dataplane';
export { diff, type Change, type DiffOptions, type Trait } from './reach/diff';
export type { HttpRequest, KafkaRequest, Request } from './reach/l7';
export { titleOf, type Entity, type Party } from './reach/party';
export type { Place } from './reach/place';
export { PortSet, type PortRange, type Protocol } from './reach/port-set';
export type { MapEntry, ReachMap } from './reach/reach-map';
export type { PodTemplates } from './reach/read-endpoints';
export { readFiles, type FileReading } from './manifests/read-files';
export type { CiliumFacts, PlatformFacts } from './target/platform-facts';
