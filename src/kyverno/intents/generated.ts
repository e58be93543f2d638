import type { Construct } from 'constructs';
import type { Generate, PolicyIntent, Subject } from './policy-intent';
import { where } from '../../platform/where';
import { insist } from '../../values/guardrails-error';
import { objectNameProblem } from '../../values/names';
import type { KyvernoGenerateOptions } from '../intent-options';

/** An object that each namespace gets, before its name has its prefix. */
export type GeneratedObject = Generate['object'];

interface GeneratedBy {
  readonly rule: string;
  readonly object: GeneratedObject;
}

/** A policy that makes these objects, one rule for each. */
export function generateIntent(
  construct: Construct, name: string, subject: Subject, options: KyvernoGenerateOptions, objects: GeneratedBy[],
): PolicyIntent {
  const prefix = options.namePrefix ?? 'kyverno-';
  return {
    name,
    rules: objects.map(({ rule, object }) => {
      insist(where(construct), 'namePrefix', objectNameProblem(prefix + object.name));
      return {
        name: rule,
        subject,
        effect: {
          kind: 'generate',
          object: { ...object, name: prefix + object.name },
          existing: options.generateExisting,
          synchronize: options.synchronize ?? true,
          keepWhenPolicyGoes: options.orphanDownstreamOnPolicyDelete ?? true,
        },
      };
    }),
  };
}
