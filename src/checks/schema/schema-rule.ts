import { objectProblems } from './object-problems';
import type { SchemaProblemName } from './schema-problem';
import type { CheckContext } from '../check-context';
import type { Hit, SetRule } from '../rule';

const found = new WeakMap<CheckContext, ReadonlyMap<SchemaProblemName, readonly Hit[]>>();

/** A rule that tells one sort of what a walk over an object and its schema finds. All of them share the walk. */
export function schemaRule(name: SchemaProblemName, text: Omit<SetRule, 'id' | 'checkSet'>): SetRule {
  return { ...text, id: `schema/${name}`, checkSet: context => hitsByName(context).get(name) ?? [] };
}

function hitsByName(context: CheckContext): ReadonlyMap<SchemaProblemName, readonly Hit[]> {
  const before = found.get(context);
  if (before) return before;
  const hits = new Map<SchemaProblemName, Hit[]>();
  for (const object of context.objects) {
    for (const { name, ...told } of objectProblems(object.object, context.target)) {
      const list = hits.get(name);
      if (list) list.push({ object, ...told });
      else hits.set(name, [{ object, ...told }]);
    }
  }
  found.set(context, hits);
  return hits;
}
