import type { LabelSelector } from '../../values/label-selector';
import type { PolicyAction } from '../policy-action';

/**
 * What a policy is for, in no policy language: the emitters say it in one. All rules of a policy share one action, since older
 * versions of Kyverno take the action of the first rule for all.
 */
export interface PolicyIntent {
  readonly name: string;
  readonly rules: RuleIntent[];

  /** Whether objects that are there already are judged and reported on, too; true where nothing is said. */
  readonly background?: boolean;
}

export interface RuleIntent {
  readonly name: string;
  readonly subject: Subject;
  readonly effect: Effect;
}

/** The objects that a rule is about, when they are created or changed. */
export interface Subject {
  /** As `group/version/Kind`; pods stand for what makes pods, too. */
  readonly kinds: string[];

  /** Which namespaces; for Namespaces themselves, which of them. Nothing means every one. */
  readonly namespaces?: LabelSelector;

  /** Namespaces that are left out, by name. */
  readonly except: string[];

  /** Namespaces that are left out, by their own labels. */
  readonly exceptLabelled?: LabelSelector;
}

export type Effect = RequireLimits | RequireLabels | RequireField | DefaultResources | Generate;

interface Requirement {
  readonly action: PolicyAction;
  readonly message: string;
  /** Whether an object that failed before may be changed and still fail. */
  readonly allowExistingViolations: boolean;
}

/** Every container and init container has limits for these resources. */
export interface RequireLimits extends Requirement {
  readonly kind: 'requireLimits';
  readonly resources: string[];
}

/** Every object has these labels, with values that match these wildcards. */
export interface RequireLabels extends Requirement {
  readonly kind: 'requireLabels';
  readonly labels: Record<string, string>;
}

/** Every object has this field, or says nothing where that is enough. */
export interface RequireField extends Requirement {
  readonly kind: 'requireField';

  /** Names of fields from the top; `[]` stands for every element of a list. */
  readonly path: string[];

  /** Whether the field, or one that it is in, may be left out. */
  readonly optional: boolean;

  /** What it says: something that matches one of these wildcards and none of the others, or the object's own namespace. */
  readonly value: { readonly oneOf: string[]; readonly noneOf: string[] } | 'namespace';
}

/** Containers and init containers that say nothing of a resource get these requests and limits. */
export interface DefaultResources {
  readonly kind: 'defaultResources';
  readonly resources: DefaultResource[];
}

export interface DefaultResource {
  readonly name: 'cpu' | 'memory';
  readonly request?: string;
  readonly limit?: string;
}

/** Every namespace gets this object. */
export interface Generate {
  readonly kind: 'generate';
  readonly object: { readonly apiVersion: string; readonly kind: string; readonly name: string; readonly spec: object };
  readonly existing: boolean;
  readonly synchronize: boolean;
  readonly keepWhenPolicyGoes: boolean;
}
