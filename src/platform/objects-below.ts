import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** The objects that a construct has made, in the order of the tree. */
export function objectsBelow(construct: IConstruct): ApiObject[] {
  return construct.node.findAll().filter(ApiObject.isApiObject);
}
