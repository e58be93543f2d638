import { flowParts } from './flow-text';
import type { Flow } from './flows';
import { escapeMarkdown } from '../escape-markdown';

/** For READMEs and pull requests: a table of the pairs. */
export function* markdown(flows: Iterable<Flow>): Generator<string> {
  yield '| From | To | Passes |\n| --- | --- | --- |\n';
  for (const flow of flows) {
    const cells = [escapeMarkdown(flow.from.text), escapeMarkdown(flow.to.text), flowParts(flow).map(escapeMarkdown).join('<br>')];
    yield `| ${cells.join(' | ')} |\n`;
  }
}
