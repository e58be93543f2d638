import type { Finding, Source } from '../checks/finding';
import { findingAbout, type FindingText } from '../checks/finding-text';

const YAML = 'https://yaml.org/spec/1.2.2/';
const OBJECTS = 'https://kubernetes.io/docs/concepts/overview/working-with-objects/#required-fields';
const LIMITS = 'https://kubernetes.io/docs/concepts/configuration/configmap/#motivation';

/** What can be wrong with a file before there is an object to check. */
const problems = {
  unreadable: {
    severity: 'error',
    what: 'A file or folder cannot be read.',
    why: 'What lies in it was not checked.',
    mend: 'Give the user that runs the check the right to read it.',
    link: 'https://nodejs.org/api/errors.html#common-system-errors',
  },
  fileTooLarge: {
    severity: 'error',
    what: 'A file is larger than what is read in one piece, or the files together are.',
    why: 'It was not checked, so that memory stays bounded.',
    mend: 'Split it, or check folder by folder.',
    link: LIMITS,
  },
  documentTooLarge: {
    severity: 'error',
    what: 'A document is larger than any Kubernetes object can be.',
    why: 'It was not checked; the API server would not take it either.',
    mend: 'Split it into documents with `---`.',
    link: LIMITS,
  },
  badEncoding: {
    severity: 'error',
    what: 'A file is neither UTF-8 nor UTF-16 with a byte order mark.',
    why: 'kubectl and Flux cannot read it, and it was not checked.',
    mend: 'Save it as UTF-8.',
    link: YAML,
  },
  brokenYaml: {
    severity: 'error',
    what: 'A document is not YAML.',
    why: 'kubectl and Flux cannot read it, and it was not checked.',
    mend: 'Mend the syntax; the place is where reading stopped, and what is wrong may be a line above.',
    link: YAML,
  },
  template: {
    severity: 'warning',
    what: 'A document is a template, not YAML.',
    why: 'It was not checked: what it becomes depends on values.',
    mend: 'Check what is rendered, such as `helm template . | guardrails check -`.',
    link: 'https://helm.sh/docs/helm/helm_template/',
  },
  aliasBomb: {
    severity: 'error',
    what: 'The aliases of a document stand for far more than is written, or for themselves.',
    why: 'kubectl refuses it, and it was not checked.',
    mend: 'Write out what the aliases stand for.',
    link: 'https://yaml.org/spec/1.2.2/#692-node-anchors',
  },
  duplicateKey: {
    severity: 'error',
    what: 'A mapping has a key twice, with different values.',
    why: 'kubectl drops the first without a word, and Flux refuses the file.',
    mend: 'Keep one of them, or merge the two.',
    link: 'https://yaml.org/spec/1.2.2/#3213-node-comparison',
  },
  repeatedKey: {
    severity: 'warning',
    what: 'A mapping has a key twice, with the same value.',
    why: 'Flux refuses the file.',
    mend: 'Take one of them out.',
    link: 'https://yaml.org/spec/1.2.2/#3213-node-comparison',
  },
  incompleteObject: {
    severity: 'error',
    what: 'An object lacks its `apiVersion` or its `kind`.',
    why: 'kubectl and Flux refuse it, and it was not checked.',
    mend: 'Add the field that is missing.',
    link: OBJECTS,
  },
} satisfies Record<string, Omit<FindingText, 'id'>>;

export type ReadingProblemName = keyof typeof problems;

/** Every problem, by name. Their ids are `reading/<PascalCaseName>`. */
export const READING_PROBLEMS = Object.fromEntries(Object.entries(problems).map(([name, problem]) => [
  name, { id: `reading/${name[0]!.toUpperCase()}${name.slice(1)}`, ...problem },
])) as Record<ReadingProblemName, FindingText>;

/** Problems after which something of what was asked for was not read at all. */
const UNREAD = new Set([READING_PROBLEMS.unreadable.id, READING_PROBLEMS.fileTooLarge.id]);

/** Whether a finding says that input was not read. */
export function isUnread({ id }: Finding): boolean {
  return UNREAD.has(id);
}

/** A reading problem as a finding. */
export function readingFinding(name: ReadingProblemName, source: Source, found: string): Finding {
  return findingAbout(READING_PROBLEMS[name], source, found);
}
