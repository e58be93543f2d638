import { unlessAnybody } from './beyond-anybody';
import { csv } from './csv';
import { dot } from './dot';
import type { End } from './end';
import type { Flow } from './flows';
import type { Graph } from './graph';
import { json } from './json';
import { markdown } from './markdown';
import { mermaid } from './mermaid';
import { svg } from './svg';
import { table } from './table';

/** What a format is made of. */
export interface MapText {
  readonly flows: Iterable<Flow>;
  readonly workloads: readonly End[];
  readonly dataplane: string;
  readonly color: boolean;
}

/** Formats that tell every pair, by their names on the command line. */
export const LISTS: Readonly<Record<string, (map: MapText) => Iterable<string>>> = {
  table: ({ flows, color }) => table(unlessAnybody(flows), color),
  json: ({ flows, dataplane, workloads }) => json(flows, dataplane, workloads),
  csv: ({ flows }) => csv(flows),
  markdown: ({ flows }) => markdown(unlessAnybody(flows)),
};

/** Formats that show the whole. */
export const PICTURES: Readonly<Record<string, (graph: Graph) => Iterable<string>>> = { dot, mermaid, svg };
