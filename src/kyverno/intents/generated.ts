import type { Construct } from 'constructs';
import type { Generate, PolicyIntent } from './policy-intent';
import { generatorSubject } from './subject';
import { where } from '../../platform/where';
import { insist, refuse } from '../../values/guardrails-error';
import { objectNameProblem } from '../../values/names';
import { problem } from '../../values/problem';
import type { KyvernoGenerateOptions } from '../intent-options';

/** An object that each namespace gets, before its name has its prefix. */
export type GeneratedObject = Generate['object'];

interface GeneratedBy {
  readonly rule: string;
  readonly object: GeneratedObject;
}

/** A policy that makes these objects, one rule for each. */
export function generateIntent(
  construct: Construct, name: string, options: KyvernoGenerateOptions, objects: GeneratedBy[],
): PolicyIntent {
  const at = where(construct);
  const subject = generatorSubject(construct, options);
  const prefix = options.namePrefix ?? 'kyverno-';
  if (prefix === '') {
    refuse(at, 'namePrefix', problem(
      prefix, 'a prefix, since an object comes from Git or from Kyverno and never from both', 'Leave `namePrefix` out for \'kyverno-\'.',
    ));
  }
  return {
    name,
    rules: objects.map(({ rule, object }) => {
      insist(at, 'namePrefix', objectNameProblem(prefix + object.name));
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
