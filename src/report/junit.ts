import { place, type Placed, sentence } from './finding-place';
import { fails, type Report } from './report';

/** For CI servers: a suite for each file, a case for each finding. Those that do not make the check fail are passed cases with output. */
export function junit({ findings, summary }: Report): string {
  const suites = new Map<string, Placed[]>();
  for (const placed of findings.map(place)) {
    const name = placed.source.constructPath ?? placed.source.file ?? 'objects';
    const members = suites.get(name);
    if (members) members.push(placed);
    else suites.set(name, [placed]);
  }
  const failures = findings.filter(finding => fails(finding, summary.failOn)).length;
  const body = suites.size === 0
    ? ['  <testsuite name="guardrails" tests="1" failures="0">', `    <testcase classname="guardrails" name="${escape(`nothing found in ${summary.objects} objects`)}"/>`, '  </testsuite>']
    : [...suites].flatMap(([name, members]) => suite(name, members, summary.failOn));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="guardrails check" tests="${Math.max(findings.length, 1)}" failures="${failures}">`,
    ...body,
    '</testsuites>\n',
  ].join('\n');
}

function suite(name: string, members: readonly Placed[], failOn: Report['summary']['failOn']): string[] {
  const failures = members.filter(({ finding }) => fails(finding, failOn)).length;
  return [
    `  <testsuite name="${escape(name)}" tests="${members.length}" failures="${failures}">`,
    ...members.flatMap(placed => testcase(placed, name, failOn)),
    '  </testsuite>',
  ];
}

function testcase({ finding, source, name }: Placed, suiteName: string, failOn: Report['summary']['failOn']): string[] {
  const { id, severity, pointer, found, link } = finding;
  const position = source.line === undefined ? '' : ` line ${source.line}`;
  const title = [id, name, pointer].filter(Boolean).join(' ') + position;
  const detail = escape(`${severity}: ${sentence(finding)} ${link}`);
  return [
    `    <testcase classname="${escape(suiteName)}" name="${escape(title)}">`,
    fails(finding, failOn)
      ? `      <failure type="${escape(id)}" message="${escape(found)}">${detail}</failure>`
      : `      <system-out>${detail}</system-out>`,
    '    </testcase>',
  ];
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&apos;' };

/** XML 1.0 has no way at all to write most control characters and half surrogates. */
function escape(text: string): string {
  return text
    .replace(/[\p{Cs}\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu, '\ufffd')
    .replace(/[&<>"']/g, char => ENTITIES[char]!);
}
