import { createHash } from 'node:crypto';
import { isAbsolute, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { place, type Placed, sentence } from './finding-place';
import type { Report } from './report';
import { version } from './version';
import type { Severity } from '../checks/finding';
import type { FindingText } from '../checks/finding-text';
import { identityOf } from '../manifests/identity';

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

/**
 * For code scanning.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarif({ findings, texts }: Report): string {
  const ids = new Set(findings.map(({ id }) => id));
  const rules = texts.filter(({ id }) => ids.has(id));
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const seen = new Map<string, number>();
  const results = findings.map(place).map(placed => result(placed, indexes.get(placed.finding.id), seen));
  const driver = {
    name: 'cdk8s-guardrails', version: version(), informationUri: 'https://github.com/cdk8s-guardrails/cdk8s-guardrails', rules: rules.map(rule),
  };
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function rule({ id, severity, what, why, mend, link }: FindingText) {
  return {
    id,
    name: id.slice(id.indexOf('/') + 1),
    shortDescription: { text: what },
    fullDescription: { text: `${what} ${why}` },
    help: { text: `${why} ${mend}`, markdown: `${why}\n\n${mend}\n\n[Read more](${link})` },
    helpUri: link,
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function result(placed: Placed, ruleIndex: number | undefined, seen: Map<string, number>) {
  const { finding, source, name } = placed;
  const region = source.line === undefined ? {} : { region: { startLine: source.line, startColumn: source.column ?? 1 } };
  const physical = source.file === undefined ? {} : { physicalLocation: { artifactLocation: { uri: uriOf(source.file) }, ...region } };
  const logicalName = source.constructPath ?? name;
  const logical = logicalName === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: logicalName, kind: 'object' }] };
  return {
    ruleId: finding.id,
    ruleIndex,
    level: LEVELS[finding.severity],
    message: { text: `${name ? `${name}: ` : ''}${sentence(finding)}` },
    locations: [{ ...physical, ...logical }],
    partialFingerprints: { 'guardrails/v1': fingerprint(placed, seen) },
  };
}

/** Stays the same while lines move: made of rule, file, object and place in the object. */
function fingerprint({ finding, source }: Placed, seen: Map<string, number>): string {
  const key = JSON.stringify([finding.id, source.constructPath ?? source.file ?? '', identityOf(finding.object.object), finding.pointer]);
  const occurrence = seen.get(key) ?? 0;
  seen.set(key, occurrence + 1);
  return createHash('sha256').update(`${key}#${occurrence}`).digest('hex').slice(0, 32);
}

function uriOf(file: string): string {
  if (isAbsolute(file)) return pathToFileURL(file).href;
  return file.split(sep).map(encodeURIComponent).join('/');
}
