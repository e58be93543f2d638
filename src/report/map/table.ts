import type { End } from './end';
import { flowParts } from './flow-text';
import type { Flow } from './flows';
import { oneLine } from '../finding-place';

/** For people: a block for each source, a line for each destination, and for each further part of what passes. */
export function* table(flows: Iterable<Flow>, color: boolean): Generator<string> {
  const paint = (code: number, words: string) => (color ? `\u001b[${code}m${words}\u001b[0m` : words);
  let written = 0;
  for (const [from, own] of bySource(flows)) {
    const width = Math.max(...own.map(({ to }) => oneLine(to.text).length));
    const lines = own.flatMap(flow => flowParts(flow).map((part, index) => {
      const name = index === 0 ? oneLine(flow.to.text) : '';
      const isSure = !part.startsWith('perhaps ');
      return `  ${paint(2, index === 0 ? '=>' : '  ')} ${name.padEnd(width)}  ${paint(isSure ? 36 : 33, oneLine(part))}\n`;
    }));
    yield `${written++ > 0 ? '\n' : ''}${paint(1, oneLine(from.text))}\n${lines.join('')}`;
  }
  if (written === 0) yield 'nothing passes\n';
}

function* bySource(flows: Iterable<Flow>): Generator<readonly [End, Flow[]]> {
  let held: Flow[] = [];
  for (const flow of flows) {
    if (held.length > 0 && held[0]!.from.text !== flow.from.text) {
      yield [held[0]!.from, held];
      held = [];
    }
    held.push(flow);
  }
  if (held.length > 0) yield [held[0]!.from, held];
}
