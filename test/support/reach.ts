export type { Flow, HttpRequest, KafkaRequest, Protocol } from './reach/flow';
export { Reach } from './reach/reach';
export type { ReachOptions, Verdict } from './reach/reach';
export { namespace, pod } from './reach/probe';
export type { PodOptions } from './reach/probe';
