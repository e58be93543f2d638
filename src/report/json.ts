import { place } from './finding-place';
import { count, type Report } from './report';
import type { Finding } from '../checks/finding';

/** The version of this format: it changes when a field goes or means something else. */
const FORMAT = 1;

/** For programs. */
export function json({ findings, summary }: Report): string {
  const counts = { errors: count(findings, 'error'), warnings: count(findings, 'warning'), infos: count(findings, 'info') };
  return `${JSON.stringify({ format: FORMAT, summary: { ...summary, ...counts }, findings: findings.map(plainFinding) }, null, 2)}\n`;
}

function plainFinding(finding: Finding) {
  const { id, severity, object: { object }, pointer, found, why, mend, link } = finding;
  const { constructPath, file, line, column } = place(finding).source;
  const about = object.kind === '' ? {} : {
    apiVersion: object.apiVersion, kind: object.kind, namespace: object.metadata?.namespace, name: object.metadata?.name,
  };
  return { id, severity, ...about, pointer, constructPath, file, line, column, found, why, mend, link };
}
