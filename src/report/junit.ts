import { escapeXml } from './escape-xml';
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
    ? ['  <testsuite name="guardrails" tests="1" failures="0">', `    <testcase classname="guardrails" name="${escapeXml(`nothing found in ${summary.objects} objects`)}"/>`, '  </testsuite>']
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
    `  <testsuite name="${escapeXml(name)}" tests="${members.length}" failures="${failures}">`,
    ...members.flatMap(placed => testcase(placed, name, failOn)),
    '  </testsuite>',
  ];
}

function testcase({ finding, source, name }: Placed, suiteName: string, failOn: Report['summary']['failOn']): string[] {
  const { id, severity, pointer, found, link } = finding;
  const position = source.line === undefined ? '' : ` line ${source.line}`;
  const title = [id, name, pointer].filter(Boolean).join(' ') + position;
  const detail = escapeXml(`${severity}: ${sentence(finding)} ${link}`);
  return [
    `    <testcase classname="${escapeXml(suiteName)}" name="${escapeXml(title)}">`,
    fails(finding, failOn)
      ? `      <failure type="${escapeXml(id)}" message="${escapeXml(found)}">${detail}</failure>`
      : `      <system-out>${detail}</system-out>`,
    '    </testcase>',
  ];
}
