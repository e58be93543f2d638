/** What can be wrong with the structure of an object, by the name of the rule that tells it. */
export type SchemaProblemName =
  | 'BadFormat'
  | 'DuplicateListKey'
  | 'DuplicateMergeKey'
  | 'FieldNotAllowedHere'
  | 'FieldNotInVersion'
  | 'LimitExceeded'
  | 'MissingField'
  | 'NotAllowedValue'
  | 'OneOf'
  | 'UnknownField'
  | 'UnknownTopField'
  | 'WrongType';

/** Something that is wrong at one place of an object. */
export interface SchemaProblem {
  readonly name: SchemaProblemName;
  /** JSON pointer to the place. */
  readonly pointer: string;
  readonly found: string;
  readonly mend?: string;
}

/** A problem without its place. */
export type Told = Omit<SchemaProblem, 'pointer'>;

export function told(name: SchemaProblemName, found: string, mend?: string): Told {
  return mend === undefined ? { name, found } : { name, found, mend };
}
