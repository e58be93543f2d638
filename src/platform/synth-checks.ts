import type { IConstruct } from 'constructs';
import { failedAssertions } from './assertions';
import { acknowledgementsOf, settingsFor } from './guardrails-settings';
import { objectsBy } from './objects-of';
import type { Platform } from './platform';
import { ACKNOWLEDGEMENT_PROBLEMS } from '../checks/acknowledgement-problems';
import type { Finding, Located } from '../checks/finding';
import { findingLine } from '../checks/finding-line';
import { review } from '../checks/review';

const guarded = new WeakSet<IConstruct>();

/**
 * Has everything in the app checked when it is synthesized, whoever wrote it: an Include, a Helm chart, a plain ApiObject. Errors
 * stop the synth, warnings go to stderr.
 */
export function guard(root: IConstruct, platformOf: (construct: IConstruct) => Platform): void {
  if (guarded.has(root)) return;
  guarded.add(root);
  let answer: { readonly revision: string; readonly lines: string[] } | undefined;
  root.node.addValidation({
    validate: () => {
      // cdk8s validates the whole app once per chart; the answer changes only when the app does.
      const constructs = root.node.findAll();
      const revision = revisionOf(constructs);
      if (answer?.revision !== revision) {
        answer = { revision, lines: errorsOf(constructs, platformOf) };
        // What is changed in place leaves no mark, but never within a run, which nothing interrupts.
        queueMicrotask(() => {
          answer = undefined;
        });
      }
      return answer.lines;
    },
  });
}

/** Constructs are only ever added, and so are JSON patches. */
function revisionOf(constructs: readonly IConstruct[]): string {
  let patches = 0;
  for (const construct of constructs) patches += (construct as { readonly patches?: readonly unknown[] }).patches?.length ?? 0;
  return `${constructs.length} ${patches}`;
}

function errorsOf(constructs: IConstruct[], platformOf: (construct: IConstruct) => Platform): string[] {
  const clusters = objectsBy(constructs, platformOf);
  const findings = usedSomewhere([...clusters].map(([platform, objects]) => findingsOf(platform, objects, constructs)));
  const warnings = findings.filter(({ severity }) => severity === 'warning').map(finding => `warning ${findingLine(finding)}\n`);
  if (warnings.length > 0) process.stderr.write(warnings.join(''));
  const errors = findings.filter(({ severity }) => severity === 'error').map(findingLine);
  return [...errors, ...failedAssertions(constructs, clusters, platformOf)];
}

function findingsOf(platform: Platform, objects: Located[], constructs: IConstruct[]): Finding[] {
  const scope = platform._scope;
  const mine = constructs.filter(construct => construct.node.scopes.includes(scope) || scope.node.scopes.includes(construct));
  const target = platform._target;
  return review(objects, target, { ...settingsFor(scope), constructs: acknowledgementsOf(mine) }).findings;
}

/** What is acknowledged above several clusters need be found in one of them only. */
function usedSomewhere(clusters: Finding[][]): Finding[] {
  const unused = ({ id }: Finding) => id === ACKNOWLEDGEMENT_PROBLEMS.unused.id;
  const times = new Map<string, number>();
  for (const line of clusters.flat().filter(unused).map(findingLine)) times.set(line, (times.get(line) ?? 0) + 1);
  const told = new Set<string>();
  return clusters.flat().filter(finding => {
    const line = findingLine(finding);
    if (!finding.id.startsWith('acknowledgement/')) return true;
    if (told.has(line) || (unused(finding) && isShared(finding, clusters.length) && times.get(line)! < clusters.length)) return false;
    told.add(line);
    return true;
  });
}

function isShared({ object }: Finding, clusters: number): boolean {
  return clusters > 1 && object.source.constructPath !== undefined && object.object.kind === '';
}
