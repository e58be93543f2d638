import { place, type Placed, sentence } from './finding-place';
import type { Report } from './report';
import type { Severity } from '../checks/finding';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' };

/**
 * For GitHub Actions: annotations on the changed lines.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function github({ findings }: Report): string {
  return findings.map(place).map(command).join('');
}

function command({ finding, source, name }: Placed): string {
  const properties = Object.entries({ file: source.file, line: source.line, col: source.column, title: finding.id })
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  const where = source.constructPath === undefined ? name : [source.constructPath, name].filter(Boolean).join(': ');
  const message = `${where ? `${where}: ` : ''}${sentence(finding)} ${finding.link}`;
  return `::${COMMANDS[finding.severity]} ${properties.join(',')}::${escapeData(message)}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
