import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { KyvernoControllerRole, rightsToRead } from './controller-role';
import { KyvernoValidateOptions } from './intent-options';
import type { RequireField, RuleIntent, Subject } from './intents/policy-intent';
import { subjectOf } from './intents/subject';
import { writePolicy } from './intents/write-policy';
import { KyvernoPolicy } from './kyverno-policy';
import { sourceUrlProblem } from './source-url';
import { insistProps } from '../platform/insist-props';
import { objectsBelow } from '../platform/objects-below';
import { where } from '../platform/where';
import { insist } from '../values/guardrails-error';
import { LabelSelector } from '../values/label-selector';
import { dnsLabelProblem } from '../values/names';

/**
 * Properties for `KyvernoRestrictFluxSources`.
 */
export interface KyvernoRestrictFluxSourcesProps extends KyvernoValidateOptions {
  /**
   * Name of the policy.
   *
   * @default 'restrict-flux-sources'
   */
  readonly name?: string;

  /**
   * Addresses that every tenant may take files and charts from, such as `https://github.com/acme/*`: `*` stands for any characters, `/`
   * included, `?` for one.
   *
   * @default - none: whom `tenants` does not name may have no source at all
   */
  readonly urls?: string[];

  /**
   * Addresses that a tenant may use besides, by the name of its namespace.
   *
   * @default - none
   */
  readonly tenants?: { [namespace: string]: string[] };
}

/** Buckets have an endpoint and no address that could be compared: they are always refused. */
const SOURCES = ['Bucket', 'GitRepository', 'HelmRepository', 'OCIRepository'].map(kind => `source.toolkit.fluxcd.io/*/${kind}`);

/** What leads out of the path that an address seems to have, as servers read it. */
const DETOURS = ['*..*', '*%*'];

/**
 * Where tenants may take files and charts from: GitRepositories, OCIRepositories and HelmRepositories whose address matches. Buckets are
 * refused. What lies in one of the tenants' namespaces that `tenants` names may come from there, too.
 *
 * Meant for whoever may write Flux's kinds in a namespace: the account of a `FluxTenant` with `helmReleases`, people and accounts with the
 * built-in roles `edit` and `admin`, to which Flux adds its kinds, or a role of your own. `TenantRole` gives none of these rights, so that
 * nobody who has that alone is held by this.
 *
 * @see https://fluxcd.io/flux/installation/configuration/multitenancy/
 * @example
 *
 * new KyvernoRestrictFluxSources(chart, 'sources', {
 *   action: PolicyAction.ENFORCE,
 *   urls: ['https://git.example.com/acme/*', 'oci://registry.example.com/acme/*'],
 *   tenants: { payments: ['oci://ghcr.io/payments-vendor/*'] },
 * });
 */
export class KyvernoRestrictFluxSources extends Construct {
  /** The policy. */
  public readonly policy: KyvernoPolicy;

  constructor(scope: Construct, id: string, props: KyvernoRestrictFluxSourcesProps) {
    super(scope, id);
    insistProps(this, 'KyvernoRestrictFluxSourcesProps', props);
    const at = where(this);
    const { name = 'restrict-flux-sources', urls = [], tenants = {} } = props;
    urls.forEach(url => insist(at, 'urls', sourceUrlProblem(url)));
    const others = subjectOf(this, SOURCES, props);
    const except = [...new Set([...others.except, ...Object.keys(tenants)])].sort();
    const own = Object.entries(tenants).sort().map(([namespace, more]) => this.ruleOf(namespace, [...urls, ...more], props));
    const rules = [rule('check-sources', { ...others, except }, urls, props), ...own];
    const role = new KyvernoControllerRole(this, 'ReportsRole', name, 'reports', rightsToRead(SOURCES));
    this.policy = writePolicy(this, { name, rules }, role);
  }

  /** The objects, for JSON patches: the policy, and the roles that it needs. */
  public get apiObjects(): ApiObject[] {
    return objectsBelow(this);
  }

  private ruleOf(namespace: string, urls: string[], props: KyvernoRestrictFluxSourcesProps): RuleIntent {
    const at = where(this);
    insist(at, 'tenants', dnsLabelProblem(namespace));
    urls.forEach(url => insist(at, `tenants.${namespace}`, sourceUrlProblem(url)));
    // The API server sets this label, and nobody can take it off.
    const namespaces = LabelSelector.labels({ 'kubernetes.io/metadata.name': namespace });
    return rule(`sources-${namespace}`, { kinds: SOURCES, namespaces, except: [] }, urls, props);
  }
}

function rule(name: string, subject: Subject, urls: string[], { action, allowExistingViolations }: KyvernoValidateOptions): RuleIntent {
  const oneOf = [...new Set(urls)].sort();
  const effect: RequireField = {
    kind: 'requireField',
    action,
    allowExistingViolations: allowExistingViolations ?? true,
    message: urls.length === 0
      ? 'No source of files or charts is allowed in this namespace.'
      : `Files and charts come from ${oneOf.join(', ')}: use a GitRepository, OCIRepository or HelmRepository with such a url.`,
    path: ['spec', 'url'],
    optional: false,
    value: urls.length === 0 ? { oneOf: ['*'], noneOf: ['*'] } : { oneOf, noneOf: DETOURS },
  };
  return { name, subject, effect };
}
