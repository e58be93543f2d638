import { badFormat } from './bad-format';
import { deprecatedField } from './deprecated-field';
import { deprecatedVersion } from './deprecated-version';
import { duplicateListKey } from './duplicate-list-key';
import { duplicateMergeKey } from './duplicate-merge-key';
import { fieldNotAllowedHere } from './field-not-allowed-here';
import { fieldNotInVersion } from './field-not-in-version';
import { limitExceeded } from './limit-exceeded';
import { missingField } from './missing-field';
import { notAllowedValue } from './not-allowed-value';
import { oneOf } from './one-of';
import { unknownField } from './unknown-field';
import { unknownTopField } from './unknown-top-field';
import { unknownVersion } from './unknown-version';
import { wrongType } from './wrong-type';
import type { Rule } from '../rule';

/** What the API server refuses by the structure of an object, and what a later version will refuse. */
export const SCHEMA_RULES: readonly Rule[] = [
  badFormat,
  deprecatedField,
  deprecatedVersion,
  duplicateListKey,
  duplicateMergeKey,
  fieldNotAllowedHere,
  fieldNotInVersion,
  limitExceeded,
  missingField,
  notAllowedValue,
  oneOf,
  unknownField,
  unknownTopField,
  unknownVersion,
  wrongType,
];
