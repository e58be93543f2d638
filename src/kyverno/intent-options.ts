import { PolicyAction } from './policy-action';
import { LabelSelector } from '../values/label-selector';

/**
 * Which namespaces a policy is for.
 */
export interface KyvernoNamespaceOptions {
  /**
   * Namespaces by their labels. `LabelSelector.all()` is every namespace; generators leave out those of `TenantNamespace` all the same.
   *
   * @default LabelSelector.labels({ 'platform.io/managed': 'true' })
   */
  readonly namespaceSelector?: LabelSelector;

  /**
   * Namespaces that are left out besides the system namespaces of the platform, by name, with the wildcards `*` and `?`.
   *
   * @default - none
   */
  readonly excludeNamespaces?: string[];
}

/**
 * What happens to an object that breaks a rule, and in which namespaces.
 */
export interface KyvernoValidateOptions extends KyvernoNamespaceOptions {
  /** Whether it is refused or only reported. Begin with Audit where objects are there already. */
  readonly action: PolicyAction;

  /**
   * Whether an object that broke the rule before may be changed and still break it.
   *
   * @default true
   */
  readonly allowExistingViolations?: boolean;
}

/**
 * How Kyverno keeps what it generates, and for which namespaces.
 *
 * Kyverno lets nobody change which namespaces a generating rule is about. With `generateExisting` and `orphanDownstreamOnPolicyDelete`
 * Flux replaces the policy where that is asked, and the objects stay; without, delete the policy first.
 */
export interface KyvernoGenerateOptions extends KyvernoNamespaceOptions {
  /** Whether namespaces that are there before the policy get the objects, too. Without, they do not follow a policy that is replaced. */
  readonly generateExisting: boolean;

  /**
   * Whether the objects follow the policy for ever: changes to them are reverted.
   *
   * @default true
   */
  readonly synchronize?: boolean;

  /**
   * Whether the objects stay when the policy or a rule of it goes. Without it, replacing the policy takes the objects of every
   * namespace away meanwhile.
   *
   * @default true
   */
  readonly orphanDownstreamOnPolicyDelete?: boolean;

  /**
   * What the names of the objects begin with, so that they never meet objects that come from Git. Not empty.
   *
   * @default 'kyverno-'
   */
  readonly namePrefix?: string;
}
