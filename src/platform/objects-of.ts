import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { renderObject } from './render-object';
import { pathOf } from './where';
import type { Located } from '../checks/finding';

/** The objects among constructs as plain data, in the order of the tree, by what they have in common. */
export function objectsBy<Key>(constructs: readonly IConstruct[], keyOf: (construct: IConstruct) => Key): Map<Key, Located[]> {
  const groups = new Map<Key, Located[]>();
  for (const construct of constructs.filter(ApiObject.isApiObject)) {
    const key = keyOf(construct);
    const objects = groups.get(key) ?? [];
    groups.set(key, objects);
    objects.push({ object: renderObject(construct), source: { constructPath: pathOf(construct) } });
  }
  return groups;
}
