import { fqdnNameProblem, fqdnPatternProblem } from '../values/fqdn';
import { insist } from '../values/guardrails-error';

// What a policy takes. No resolver asks for a longer name.
const LONGEST = 255;

/**
 * A DNS name that may be looked up.
 *
 * @see https://docs.cilium.io/en/stable/security/policy/layer7/#dns-policy-and-ip-discovery
 * @example
 *
 * new L7Allow(chart, 'api-dns', { from: [api], dns: [DnsRule.name('api.stripe.com')] });
 */
export class DnsRule {
  /** One name. */
  public static name(name: string): DnsRule {
    insist('DnsRule.name', 'DNS name', fqdnNameProblem(name));
    return new DnsRule('matchName', name);
  }

  /** Names that match a pattern, in which `*` stands for any characters within one label. */
  public static pattern(pattern: string): DnsRule {
    insist('DnsRule.pattern', 'DNS pattern', fqdnPatternProblem(pattern));
    return new DnsRule('matchPattern', pattern);
  }

  /** Any name. Restricts nothing, but lets Cilium see the answers, which DNS-based egress needs. */
  public static any(): DnsRule {
    return new DnsRule('matchPattern', '*');
  }

  /** @internal */
  public readonly _field: 'matchName' | 'matchPattern';

  /** @internal */
  public readonly _value: string;

  private constructor(field: 'matchName' | 'matchPattern', value: string) {
    this._field = field;
    this._value = value;
  }

  /**
   * The rule, and the same name in each search domain: a pod's resolver tries those first and takes a refusal as final.
   *
   * @internal
   */
  public _withSearchDomains(domains: string[]): DnsRule[] {
    if (this._value === '*' || this._value.endsWith('.')) return [this];
    const names = domains.map(domain => `${this._value}.${domain}`).filter(name => name.length <= LONGEST);
    return [this, ...names.map(name => new DnsRule(this._field, name))];
  }

  /** @internal */
  public _render(): object {
    return { [this._field]: this._value };
  }
}
