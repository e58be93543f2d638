import { oneLine, place, type Placed } from './finding-place';
import type { Report } from './report';
import { summaryLines } from './summary-line';
import { describeSource } from '../manifests/describe-source';

/** For pull requests and job summaries. */
export function markdown(report: Report): string {
  const heading = ['## Guardrails', '', ...summaryLines(report).map(escape)];
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
  const where = [describeSource(source), [name, pointer].filter(Boolean).join(' ')].filter(Boolean).map(escape).join('<br>');
  return `| ${severity} | [${id}](${link}) | ${where} | ${escape(found)} | ${escape(mend)} |`;
}

/** Text that came out of foreign files starts no table cell, no tag and no link. */
function escape(text: string): string {
  return oneLine(text).replace(/[\\|*_`[\]#~]/g, '\\$&').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('@', '&#64;');
}
