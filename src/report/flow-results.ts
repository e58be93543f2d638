import { dump } from 'js-yaml';
import { escapeXml } from './escape-xml';
import { answerText } from '../reach/answer';
import type { FlowRow } from '../reach/flow-row';
import type { FlowResult } from '../reach/flow-table';

type FlowFormat = (results: readonly FlowResult[], color: boolean) => string;

/** Every format of `guardrails test`, by its name on the command line. */
export const FLOW_FORMATS: Readonly<Record<string, FlowFormat>> = { text, json, junit };

/** `3 passed, 1 failed` */
export function countFlows(results: readonly FlowResult[]): string {
  const failed = results.filter(({ passed }) => !passed).length;
  return `${results.length - failed} passed, ${failed} failed`;
}

function text(results: readonly FlowResult[], color: boolean): string {
  const paint = (code: number, words: string) => (color ? `\u001b[${code}m${words}\u001b[0m` : words);
  return results.map(({ name, passed, found, answers }) => (passed
    ? `${paint(32, 'ok')}      ${name}\n`
    : `${paint(31, 'FAILED')}  ${name}: ${found}\n${answers.map(answer => `${indented(answerText(answer))}\n`).join('')}`)).join('');
}

function indented(lines: string): string {
  return lines.split('\n').map(line => `        ${line}`).join('\n');
}

function json(results: readonly FlowResult[]): string {
  return `${JSON.stringify({ results }, undefined, 2)}\n`;
}

function junit(results: readonly FlowResult[]): string {
  const failures = results.filter(({ passed }) => !passed).length;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="guardrails test" tests="${results.length}" failures="${failures}">`,
    `  <testsuite name="flows" tests="${results.length}" failures="${failures}">`,
    ...results.flatMap(testcase),
    '  </testsuite>',
    '</testsuites>\n',
  ].join('\n');
}

function testcase({ name, passed, found, answers }: FlowResult): string[] {
  if (passed) return [`    <testcase classname="flows" name="${escapeXml(name)}"/>`];
  const detail = escapeXml(answers.map(answerText).join('\n'));
  return [
    `    <testcase classname="flows" name="${escapeXml(name)}">`,
    `      <failure message="${escapeXml(found)}">${detail}</failure>`,
    '    </testcase>',
  ];
}

/** A table of flows as a file. */
export function flowTableText(rows: readonly FlowRow[], cluster?: string): string {
  const head = '# Who may reach whom. Run `guardrails test PATH --spec THIS_FILE`; ports are written 8080/tcp, 9000-9099/udp, icmp/8 or any.\n'
    + '# With nothingElse, whatever passes has to be in a row.\nnothingElse: true\n'
    + (cluster === undefined ? '' : `cluster: ${cluster}\n`);
  if (rows.length === 0) return `${head}flows: []\n`;
  return `${head}flows:\n${rows.map(row => `  - ${dump(row, { flowLevel: 0, lineWidth: -1 }).trim()}\n`).join('')}`;
}
