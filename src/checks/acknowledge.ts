import { ACKNOWLEDGE_ANNOTATION, type Acknowledgement, parseAcknowledgements } from './acknowledgement';
import { ACKNOWLEDGEMENT_PROBLEMS, type AcknowledgementProblemName } from './acknowledgement-problems';
import type { Finding, Located } from './finding';
import { findingAbout } from './finding-text';

const POINTER = `/metadata/annotations/${ACKNOWLEDGE_ANNOTATION.replaceAll('/', '~1')}`;

/** Where findings are acknowledged besides annotations, and what they are judged by. */
export interface AcknowledgeOptions {
  /** Ids of every rule there is. */
  readonly ids: ReadonlySet<string>;
  /** Acknowledgements by the path of the construct that gives them. They hold for everything below it. */
  readonly constructs?: ReadonlyMap<string, readonly Acknowledgement[]>;
  /** The day that `until` is compared with, as `2027-01-31`. */
  readonly today: string;
}

/** What is left when acknowledged findings are taken out. */
export interface Acknowledged {
  /** Findings that nobody acknowledged. */
  readonly findings: Finding[];
  readonly acknowledged: Finding[];
  /** What is wrong with the acknowledgements. */
  readonly problems: Finding[];
}

/** An acknowledgement, with the place that gives it. */
interface Given extends Acknowledgement {
  used: boolean;
  readonly problem: (name: AcknowledgementProblemName, found: string) => Finding;
}

/** Takes out the findings that are acknowledged, by annotations of the objects and by constructs. */
export function acknowledge(findings: readonly Finding[], objects: readonly Located[], options: AcknowledgeOptions): Acknowledged {
  const problems: Finding[] = [];
  const usable = (given: Given[]) => given.filter(one => {
    const wrong = problemOf(one, options);
    if (wrong) problems.push(wrong);
    return !wrong;
  });
  const byObject = new Map<Located, Given[]>();
  for (const located of objects) {
    const text: unknown = located.object.metadata?.annotations?.[ACKNOWLEDGE_ANNOTATION];
    if (typeof text === 'string') byObject.set(located, usable(annotated(located, text, problems)));
  }
  const byPath = new Map([...options.constructs ?? []].map(([path, given]) => [path, usable(given.map(one => ofConstruct(path, one)))]));
  if (byObject.size + byPath.size === 0) return { findings: [...findings], acknowledged: [], problems };

  const left: Finding[] = [];
  const acknowledged: Finding[] = [];
  for (const finding of findings) {
    const matching = [...byObject.get(finding.object) ?? [], ...ofAncestors(finding.object.source.constructPath, byPath)]
      .filter(({ id }) => id === finding.id);
    for (const one of matching) one.used = true;
    (matching.length > 0 ? acknowledged : left).push(finding);
  }
  for (const one of [...byObject.values(), ...byPath.values()].flat()) {
    if (!one.used) problems.push(one.problem('unused', `${one.id}, which finds nothing here`));
  }
  return { findings: left, acknowledged, problems };
}

function annotated(located: Located, text: string, problems: Finding[]): Given[] {
  const problem: Given['problem'] = (name, found) => (
    { ...findingAbout(ACKNOWLEDGEMENT_PROBLEMS[name], located.source, found), object: located, pointer: POINTER }
  );
  const { acknowledgements, malformed } = parseAcknowledgements(text);
  problems.push(...malformed.map(part => problem('malformed', `\`${part}\``)));
  return acknowledgements.map(one => ({ ...one, used: false, problem }));
}

function ofConstruct(path: string, one: Acknowledgement): Given {
  return { ...one, used: false, problem: (name, found) => findingAbout(ACKNOWLEDGEMENT_PROBLEMS[name], { constructPath: path }, found) };
}

function problemOf({ id, reason, until, problem }: Given, { ids, today }: AcknowledgeOptions): Finding | undefined {
  if (!ids.has(id)) return problem('unknownRule', id);
  if (reason === '') return problem('withoutReason', id);
  // Days are written so that they compare as text.
  return until !== undefined && until < today ? problem('expired', `${id}, until ${until}`) : undefined;
}

function* ofAncestors(path: string | undefined, byPath: ReadonlyMap<string, Given[]>): Iterable<Given> {
  if (path === undefined || byPath.size === 0) return;
  yield* byPath.get('') ?? [];
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) yield* byPath.get(path.slice(0, end)) ?? [];
  if (path !== '') yield* byPath.get(path) ?? [];
}
