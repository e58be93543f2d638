import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { KyvernoControllerRole, rightsToRead } from './controller-role';
import { KyvernoValidateOptions } from './intent-options';
import type { RequireField, RuleIntent } from './intents/policy-intent';
import { subjectOf } from './intents/subject';
import { writePolicy } from './intents/write-policy';
import { KyvernoPolicy } from './kyverno-policy';
import { insistProps } from '../platform/insist-props';
import { objectsBelow } from '../platform/objects-below';

/**
 * Properties for `KyvernoConfineFlux`.
 */
export interface KyvernoConfineFluxProps extends KyvernoValidateOptions {
  /**
   * Name of the policy.
   *
   * @default 'confine-flux'
   */
  readonly name?: string;
}

const KUSTOMIZATION = 'kustomize.toolkit.fluxcd.io/*/Kustomization';
const HELM_RELEASE = 'helm.toolkit.fluxcd.io/*/HelmRelease';

/** Where one object of Flux names the namespace of another. */
const REFERENCES = [
  { name: 'check-source', kinds: [KUSTOMIZATION], path: ['spec', 'sourceRef', 'namespace'] },
  { name: 'check-chart-source', kinds: [HELM_RELEASE], path: ['spec', 'chart', 'spec', 'sourceRef', 'namespace'] },
  { name: 'check-chart-ref', kinds: [HELM_RELEASE], path: ['spec', 'chartRef', 'namespace'] },
  { name: 'check-dependencies', kinds: [HELM_RELEASE, KUSTOMIZATION], path: ['spec', 'dependsOn', '[]', 'namespace'] },
];

/**
 * Kustomizations and HelmReleases of tenants act as a service account of their namespace, and refer to nothing outside of it. Flux enforces
 * the same where it is locked down, though only when it gets to the object: with this, whoever applies one is told at once, and a Flux that
 * is not locked down is no way out.
 *
 * Meant for whoever may write Flux's kinds in a namespace: the account of a `FluxTenant` with `helmReleases`, people and accounts with the
 * built-in roles `edit` and `admin`, to which Flux adds its kinds, or a role of your own. `TenantRole` gives none of these rights, so that
 * nobody who has that alone is held by this.
 *
 * @see https://fluxcd.io/flux/installation/configuration/multitenancy/
 * @example
 *
 * new KyvernoConfineFlux(chart, 'confine-flux', { action: PolicyAction.ENFORCE });
 */
export class KyvernoConfineFlux extends Construct {
  /** The policy. */
  public readonly policy: KyvernoPolicy;

  constructor(scope: Construct, id: string, props: KyvernoConfineFluxProps) {
    super(scope, id);
    insistProps(this, 'KyvernoConfineFluxProps', props);
    const name = props.name ?? 'confine-flux';
    const account = this.rule('check-service-account', [HELM_RELEASE, KUSTOMIZATION], props, {
      message: 'Write spec.serviceAccountName: a service account of the namespace, such as its deployer.',
      path: ['spec', 'serviceAccountName'],
      optional: false,
      value: { oneOf: ['?*'], noneOf: [] },
    });
    const references = REFERENCES.map(({ name: ruleName, kinds, path }) => this.rule(ruleName, kinds, props, {
      message: `Leave ${path.join('.').replace('.[]', '[]')} out: what is referred to lies in the same namespace.`,
      path,
      optional: true,
      value: 'namespace',
    }));
    const role = new KyvernoControllerRole(this, 'ReportsRole', name, 'reports', rightsToRead([HELM_RELEASE, KUSTOMIZATION]));
    this.policy = writePolicy(this, { name, rules: [account, ...references] }, role);
  }

  /** The objects, for JSON patches: the policy, and the roles that it needs. */
  public get apiObjects(): ApiObject[] {
    return objectsBelow(this);
  }

  private rule(
    name: string, kinds: string[], props: KyvernoConfineFluxProps, field: Pick<RequireField, 'message' | 'path' | 'optional' | 'value'>,
  ): RuleIntent {
    const { action, allowExistingViolations = true } = props;
    return { name, subject: subjectOf(this, kinds, props), effect: { kind: 'requireField', action, allowExistingViolations, ...field } };
  }
}
