import type { Finding, Severity } from '../../src/checks/finding';
import { findingAbout } from '../../src/checks/finding-text';
import { findingTexts } from '../../src/checks/review';
import { FORMATS } from '../../src/report/formats';
import type { Report } from '../../src/report/report';
import { read } from '../manifests/read';

const TEXT = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  namespace: shop\n';
const ID = 'identity/DuplicateObject';

/** A finding in a Pod of a file. */
export function finding(found: string, severity: Severity = 'error'): Finding {
  const object = read(TEXT).objects[0]!;
  return { id: ID, severity, object, pointer: '/metadata/name', found, why: 'It matters.', mend: 'Mend it.', link: 'https://kubernetes.io' };
}

/** A finding about a file as a whole. */
export function fileFinding(file: string): Finding {
  return findingAbout(findingTexts().find(({ id }) => id === 'reading/Unreadable')!, { file }, 'no permission');
}

/** A finding about something that a construct made. */
export function constructFinding(): Finding {
  return { ...finding('twice'), object: { object: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } }, source: { constructPath: 'app/a' } } };
}

export function reportOf(...findings: Finding[]): Report {
  return {
    findings,
    texts: findingTexts(),
    summary: {
      target: 'Kubernetes 1.33', files: 1, objects: 2, otherDocuments: 0, unknownKinds: {}, acknowledged: 0, failOn: 'error',
    },
  };
}

export function write(format: string, ...findings: Finding[]): string {
  return FORMATS[format]!(reportOf(...findings), false);
}
