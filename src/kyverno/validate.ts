import { KyvernoAttestors } from './attestor';
import { KyvernoCel } from './cel';
import { KyvernoConditions } from './conditions';
import { KyvernoContextEntry } from './context';
import { KyvernoPodSecurity } from './pod-security';
import { PolicyAction } from './policy-action';
import { LabelSelector } from '../values/label-selector';

/**
 * Namespaces in which a failure has another effect.
 */
export interface KyvernoFailureActionOverride {
  /** The effect there. */
  readonly action: PolicyAction;

  /**
   * Names, with wildcards.
   *
   * @default - any name
   */
  readonly namespaces?: string[];

  /**
   * Labels.
   *
   * @default - any labels
   */
  readonly namespaceSelector?: LabelSelector;
}

/**
 * When an object is refused.
 */
export interface KyvernoDeny {
  /**
   * What must hold for it to be refused.
   *
   * @default - nothing: every object is refused
   */
  readonly conditions?: KyvernoConditions;
}

/**
 * What must hold for each element of a list: one of pattern, anyPattern, deny and lists within.
 */
export interface KyvernoValidateForeach {
  /** A JMESPath expression that gives the list. The check refers to `element` and `elementIndex`. */
  readonly list: string;

  /**
   * Whether patterns are about the element, not the whole object.
   *
   * @default - left out: yes where elements are maps
   */
  readonly elementScope?: boolean;

  /**
   * Data for this list.
   *
   * @default - none
   */
  readonly context?: KyvernoContextEntry[];

  /**
   * Elements that count.
   *
   * @default - every element
   */
  readonly preconditions?: KyvernoConditions;

  /**
   * The element looks like this.
   *
   * @default - use another kind
   */
  readonly pattern?: { [key: string]: any };

  /**
   * The element looks like one of these.
   *
   * @default - use another kind
   */
  readonly anyPattern?: { [key: string]: any }[];

  /**
   * The element is refused.
   *
   * @default - use another kind
   */
  readonly deny?: KyvernoDeny;

  /**
   * Lists within.
   *
   * @default - use another kind
   */
  readonly foreach?: KyvernoValidateForeach[];
}

/**
 * Objects whose fields are let off in `KyvernoManifests`.
 */
export interface KyvernoIgnoredObject {
  /**
   * API group.
   *
   * @default - any
   */
  readonly group?: string;

  /**
   * Version.
   *
   * @default - any
   */
  readonly version?: string;

  /**
   * Kind.
   *
   * @default - any
   */
  readonly kind?: string;

  /**
   * Name.
   *
   * @default - any
   */
  readonly name?: string;

  /**
   * Namespace.
   *
   * @default - any
   */
  readonly namespace?: string;
}

/**
 * Fields that may differ from the signed manifest.
 */
export interface KyvernoIgnoredFields {
  /**
   * The fields.
   *
   * @default - none
   */
  readonly fields?: string[];

  /**
   * The objects.
   *
   * @default - every object
   */
  readonly objects?: KyvernoIgnoredObject[];
}

/**
 * Whether signed manifests are sent to the API server to have its defaults filled in.
 */
export interface KyvernoDryRun {
  /**
   * Whether they are.
   *
   * @default - left out, which is no
   */
  readonly enable?: boolean;

  /**
   * The namespace for it.
   *
   * @default - that of the object
   */
  readonly namespace?: string;
}

/**
 * Objects whose manifests must be signed.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/validate/#manifest-validation
 */
export interface KyvernoManifests {
  /** Who must have signed. */
  readonly attestors: KyvernoAttestors[];

  /**
   * Prefix of the annotation that holds the signature.
   *
   * @default - left out: cosign.sigstore.dev
   */
  readonly annotationDomain?: string;

  /**
   * Whether defaults of the API server are allowed for.
   *
   * @default - no
   */
  readonly dryRun?: KyvernoDryRun;

  /**
   * Fields that may differ.
   *
   * @default - Kyverno's own list
   */
  readonly ignoreFields?: KyvernoIgnoredFields[];

  /**
   * Where the signatures are.
   *
   * @default - in the annotation
   */
  readonly repository?: string;
}

/**
 * What must hold for an object: exactly one of pattern, anyPattern, deny, foreach, podSecurity, cel and manifests. The field
 * `assert` is left out: Kyverno 1.19 ignores it.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/validate/
 */
export interface KyvernoValidate {
  /**
   * What is told when the object fails. May hold variables.
   *
   * @default - Kyverno's own words
   */
  readonly message?: string;

  /**
   * What happens to an object that fails. Up to Kyverno 1.18 the first rule that says so decides for the whole policy: keep rules
   * of different actions in policies of their own.
   *
   * @default - the policy's `validationFailureAction`, which is Audit unless set
   */
  readonly failureAction?: PolicyAction;

  /**
   * Namespaces in which that is different.
   *
   * @default - none
   */
  readonly failureActionOverrides?: KyvernoFailureActionOverride[];

  /**
   * Whether an object that failed before may be changed and still fail.
   *
   * @default - left out, which is yes
   */
  readonly allowExistingViolations?: boolean;

  /**
   * The object looks like this. Keys may be made with `Anchor`; of a list, the first element is asked of every element.
   *
   * @default - use another kind
   * @see https://kyverno.io/docs/policy-types/cluster-policy/validate/#patterns
   */
  readonly pattern?: { [key: string]: any };

  /**
   * The object looks like one of these.
   *
   * @default - use another kind
   */
  readonly anyPattern?: { [key: string]: any }[];

  /**
   * The object is refused.
   *
   * @default - use another kind
   */
  readonly deny?: KyvernoDeny;

  /**
   * What must hold for each element of a list.
   *
   * @default - use another kind
   */
  readonly foreach?: KyvernoValidateForeach[];

  /**
   * The Pod Security Standards.
   *
   * @default - use another kind
   */
  readonly podSecurity?: KyvernoPodSecurity;

  /**
   * Expressions in CEL.
   *
   * @default - use another kind
   */
  readonly cel?: KyvernoCel;

  /**
   * Signed manifests.
   *
   * @default - use another kind
   */
  readonly manifests?: KyvernoManifests;
}
