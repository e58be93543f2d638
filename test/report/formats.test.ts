import { constructFinding, fileFinding, finding, reportOf, write } from './report-of';
import { text } from '../../src/report/text';

const HOSTILE = 'a\u001b[31m\r\n::error::x %0A | <b>&"\'` ]]> \u202e\u0000\ud800';

describe('text', () => {
  test('says where, what, why and how to mend', () => {
    expect(write('text', finding('twice'))).toBe([
      'a.yaml',
      '  4:3 error identity/DuplicateObject Pod shop/a /metadata/name',
      '    found: twice',
      '    why:   It matters.',
      '    mend:  Mend it.',
      '    https://kubernetes.io',
      '',
      '1 error, 0 warnings, 0 notes in 2 objects of 1 file, checked for Kubernetes 1.33.',
      '',
    ].join('\n'));
  });

  test('groups by file and construct, and sorts by line', () => {
    const lines = write('text', finding('one'), constructFinding(), { ...finding('two'), pointer: '' }).split('\n');
    expect(lines.filter(line => /^\S|^ {2}\S/.test(line)).slice(0, 5)).toEqual([
      'a.yaml',
      '  1:1 error identity/DuplicateObject Pod shop/a',
      '  4:3 error identity/DuplicateObject Pod shop/a /metadata/name',
      'app/a',
      '  error identity/DuplicateObject Pod a /metadata/name',
    ]);
  });

  test('has colours only where they are shown', () => {
    expect(text(reportOf(finding('x')), true)).toContain('\u001b[31merror');
    expect(text(reportOf(finding('x')), false)).not.toContain('\u001b');
  });

  test('counts what was passed over', () => {
    const report = reportOf();
    const summary = { ...report.summary, otherDocuments: 2, acknowledged: 1, unknownKinds: { Widget: 3, Gadget: 1 } };
    expect(text({ ...report, summary }, false)).toBe([
      '',
      '0 errors, 0 warnings, 0 notes, 1 acknowledged in 2 objects of 1 file, checked for Kubernetes 1.33.',
      'Passed over: 2 documents without apiVersion and kind.',
      'No rule knows: Gadget (1), Widget (3).',
      '',
    ].join('\n').trimStart());
  });
});

test('no format lets text from a file steer a terminal', () => {
  for (const format of ['text', 'json', 'sarif', 'github', 'markdown', 'junit']) {
    expect(write(format, finding(HOSTILE))).not.toMatch(/[\u001b\u0000]/);
  }
});

describe('json', () => {
  test('has the summary and every finding with its place', () => {
    expect(JSON.parse(write('json', finding('twice'), fileFinding('b.yaml')))).toEqual({
      format: 1,
      summary: expect.objectContaining({ target: 'Kubernetes 1.33', objects: 2, errors: 2, warnings: 0, infos: 0 }) as object,
      findings: [
        {
          id: 'identity/DuplicateObject',
          severity: 'error',
          apiVersion: 'v1',
          kind: 'Pod',
          namespace: 'shop',
          name: 'a',
          pointer: '/metadata/name',
          file: 'a.yaml',
          line: 4,
          column: 3,
          found: 'twice',
          why: 'It matters.',
          mend: 'Mend it.',
          link: 'https://kubernetes.io',
        },
        expect.objectContaining({ id: 'reading/Unreadable', file: 'b.yaml', found: 'no permission' }),
      ],
    });
  });
});

describe('github', () => {
  test('writes a workflow command a finding', () => {
    expect(write('github', finding('twice'), finding('twice', 'info'))).toBe([
      '::error file=a.yaml,line=4,col=3,title=identity/DuplicateObject::Pod shop/a: twice. It matters. Mend it. https://kubernetes.io',
      '::notice file=a.yaml,line=4,col=3,title=identity/DuplicateObject::Pod shop/a: twice. It matters. Mend it. https://kubernetes.io',
      '',
    ].join('\n'));
  });

  test('escapes what would end a property or a command', () => {
    expect(write('github', fileFinding('a,b:c%.yaml'))).toMatch(/^::error file=a%2Cb%3Ac%25\.yaml,title=reading\/Unreadable::/);
    expect(write('github', finding(HOSTILE)).split('\n')).toHaveLength(2);
  });
});

describe('markdown', () => {
  test('is a table', () => {
    expect(write('markdown', finding('twice')).split('\n').at(-2))
      .toBe('| error | [identity/DuplicateObject](https://kubernetes.io) | a.yaml:4:3<br>Pod shop/a /metadata/name | twice | Mend it. |');
  });

  test('has no table when nothing was found', () => {
    expect(write('markdown')).not.toContain('|');
  });

  test('text from a file is no cell, no tag and no mention', () => {
    expect(write('markdown', finding('a | <img> @team [x](y)')).split('\n').at(-2)).toContain('a \\| &lt;img> &#64;team \\[x\\](y)');
  });
});

describe('junit', () => {
  test('has a suite a file and a case a finding; only what fails the check is a failure', () => {
    const lines = write('junit', finding('twice'), finding('known', 'warning')).split('\n').map(line => line.trim());
    expect(lines).toEqual(expect.arrayContaining([
      '<testsuites name="guardrails check" tests="2" failures="1">',
      '<testsuite name="a.yaml" tests="2" failures="1">',
      expect.stringMatching(/^<failure type="identity\/DuplicateObject" message="twice">error: twice\./),
      expect.stringMatching(/^<system-out>warning: known\./),
    ]));
  });

  test('nothing found is a case that passed', () => {
    expect(write('junit')).toContain('<testcase classname="guardrails" name="nothing found in 2 objects"/>');
  });

  test('is XML whatever was found', () => {
    const xml = write('junit', finding(HOSTILE));
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]|\p{Cs}/u);
    expect(xml.replace(/<\/?[a-z?][^<>]*>/g, '')).not.toMatch(/[<>]/);
    expect(xml.replace(/&(amp|lt|gt|quot|apos);/g, '')).not.toContain('&');
  });
});
