import { type ApiObject, JsonPatch } from 'cdk8s';
import { Construct } from 'constructs';
import { allBut } from './all-but';
import { writeHalf } from './half';
import { Workload } from './workload';
import { DnsResolver } from '../platform/dns-resolver';
import { insistProps } from '../platform/insist-props';
import { namespaceOf } from '../platform/namespace-of';
import { Platform } from '../platform/platform';
import { where } from '../platform/where';
import { refuse } from '../values/guardrails-error';
import { insistArguments } from '../values/insist-typed';

/**
 * Properties for `AllowDns`.
 */
export interface AllowDnsProps {
  /**
   * The namespace.
   *
   * @default - the namespace of `from`, or of the tenant or chart that the construct is in
   */
  readonly namespace?: string;

  /**
   * The workload that may look up names. It brings its namespace along.
   *
   * @default - every pod of the namespace
   */
  readonly from?: Workload;

  /**
   * Workloads that are left out; `exempt` leaves out more.
   *
   * @default - none
   */
  readonly except?: Workload[];

  /**
   * What resolves the names.
   *
   * @default - the resolver of the platform
   */
  readonly resolver?: DnsResolver;

  /**
   * Name of the object.
   *
   * @default 'allow-dns', or 'allow-<from>-to-dns' for one workload
   */
  readonly name?: string;
}

/**
 * Lets pods look up names: UDP and TCP to the cluster's resolver and to nothing else.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
 * @example
 *
 * new AllowDns(chart, 'dns', { namespace: 'payments' });
 */
export class AllowDns extends Construct {
  /** The object itself, for JSON patches. */
  public readonly apiObject: ApiObject;

  private readonly namespace: string;
  private readonly from?: Workload;
  private readonly exempted: Workload[];

  constructor(scope: Construct, id: string, props: AllowDnsProps = {}) {
    super(scope, id);
    insistProps(this, 'AllowDnsProps', props);
    const { from } = props;
    this.from = from;
    this.namespace = namespaceOf(this, props.namespace ?? from?.namespace);
    if (from && from.namespace !== this.namespace) {
      refuse(where(this), 'namespace', {
        given: `${this.namespace}, beside a workload of ${from.namespace}`,
        allowed: 'the namespace of `from`',
        mend: 'Leave `namespace` out.',
      });
    }
    this.exempted = [...props.except ?? []];
    const platform = Platform.of(this);
    const resolver = props.resolver ?? platform.dns;
    this.apiObject = writeHalf(this, {
      direction: 'egress',
      name: props.name ?? (from ? `allow-${from.name}-to-dns` : 'allow-dns'),
      namespace: this.namespace,
      subject: allBut(this, this.namespace, from, this.exempted),
      peers: resolver._peers(platform.cni),
      ports: resolver.ports,
    });
  }

  /** The object as a list, since every intent has one. */
  public get apiObjects(): ApiObject[] {
    return [this.apiObject];
  }

  /**
   * Leaves workloads out, because an `L7Allow` says which names they may look up: beside an allow for any name it would restrict
   * nothing.
   *
   * @throws when a workload is selected by anything but one label, since a selector cannot leave out more than that, or is one
   * of another namespace
   */
  public exempt(...workloads: Workload[]): void {
    insistArguments('AllowDns.exempt', { workloads }, where(this));
    this.exempted.push(...workloads);
    const field = this.apiObject.kind === 'NetworkPolicy' ? 'podSelector' : 'endpointSelector';
    this.apiObject.addJsonPatch(JsonPatch.replace(`/spec/${field}`, allBut(this, this.namespace, this.from, this.exempted)._selector));
  }
}
