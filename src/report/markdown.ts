import { escapeMarkdown } from './escape-markdown';
import { place, type Placed } from './finding-place';
import type { Report } from './report';
import { summaryLines } from './summary-line';
import { describeSource } from '../manifests/describe-source';

/** For pull requests and job summaries. */
export function markdown(report: Report): string {
  const heading = ['## Guardrails', '', ...summaryLines(report).map(escapeMarkdown)];
  if (report.findings.length === 0) return `${heading.join('\n')}\n`;
  return [
    ...heading,
    '',
    '| Severity | Rule | Where | Found | Mend |',
    '| --- | --- | --- | --- | --- |',
    ...report.findings.map(place).map(row),
    '',
  ].join('\n');
}

function row({ finding, source, name }: Placed): string {
  const { severity, id, link, pointer, found, mend } = finding;
  const where = [describeSource(source), [name, pointer].filter(Boolean).join(' ')].filter(Boolean).map(escapeMarkdown).join('<br>');
  return `| ${severity} | [${id}](${link}) | ${where} | ${escapeMarkdown(found)} | ${escapeMarkdown(mend)} |`;
}
