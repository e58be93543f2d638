import { objectProblems } from './object-problems';
import type { SchemaProblem, SchemaProblemName } from './schema-problem';
import type { CheckContext } from '../check-context';
import type { Located } from '../finding';
import type { ObjectRule } from '../rule';

/** A rule that tells one sort of what a walk over an object and its schema finds. All of them share the walk. */
export function schemaRule(name: SchemaProblemName, text: Omit<ObjectRule, 'id' | 'checkObject'>): ObjectRule {
  return {
    ...text,
    id: `schema/${name}`,
    checkObject: (object, report, context) => {
      for (const { name: sort, ...told } of problemsOf(object, context)) if (sort === name) report({ object, ...told });
    },
  };
}

/** What was found in the object that was walked over last: one rule after the other asks for it. */
const walked = new WeakMap<CheckContext, { object: Located; problems: readonly SchemaProblem[] }>();

function problemsOf(object: Located, context: CheckContext): readonly SchemaProblem[] {
  let last = walked.get(context);
  if (last?.object !== object) {
    last = { object, problems: objectProblems(object.object, context.target) };
    walked.set(context, last);
  }
  return last.problems;
}
