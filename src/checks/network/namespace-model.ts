import type { CiliumSubject } from './cilium-subject';
import type { Direction, PolicyReading } from './read-network-policy';
import { requirementsOf, type Selector, selectorMatches, type SelectorRequirement } from '../../values/selector';
import { addedLabels, canBeAdded, isAddedLabel } from '../kubernetes/added-labels';
import { selectorText, selectsAll } from '../kubernetes/read-selector';
import { type ByLabel, type Workload, workloadsByLabel } from '../kubernetes/workloads';
import { asObject, asString } from '../read';

const NONE: readonly Workload[] = [];

/** What the set holds of a namespace. */
export class NamespaceModel {
  readonly workloads: Workload[] = [];
  readonly policies: PolicyReading[] = [];
  /** The rules of Cilium policies that may be about pods of the namespace. */
  readonly cilium: CiliumSubject[] = [];
  /** Whether something may make pods there that the set does not show: a Helm release, or an object of an unknown kind. */
  hasUnseenPods = false;

  private readonly selections = new Map<string, readonly Workload[] | undefined>();
  private readonly denies = new Map<Direction, boolean>();
  private index?: { readonly isComplete: boolean; readonly byLabel: ByLabel };

  /** @param name Empty where the objects do not say; then they are those of one file. */
  constructor(readonly name: string) {}

  /** The workloads that a selector selects; nothing where the set does not tell. */
  selectedBy(selector: Selector | 'unknown' | undefined): readonly Workload[] | undefined {
    this.index ??= this.indexWorkloads();
    if (selector === 'unknown' || selector === undefined || !this.index.isComplete) return undefined;
    if (selectsAll(selector)) return this.workloads;
    const key = selectorText(selector);
    if (!this.selections.has(key)) this.selections.set(key, this.find(selector, this.index.byLabel));
    return this.selections.get(key);
  }

  private find(selector: Selector, byLabel: ByLabel): readonly Workload[] | undefined {
    const requirements = requirementsOf(selector);
    const asksForAdded = requirements.some(({ key }) => isAddedLabel(key));
    if (asksForAdded && this.workloads.some(workload => perhapsSelected(workload, requirements))) return undefined;
    return this.candidates(selector, byLabel).filter(({ labels }) => labels && selectorMatches(selector, labels));
  }

  /** Whether every pod of the namespace is isolated in a direction. What is not known counts as isolated. */
  hasDefaultDeny(direction: Direction): boolean {
    let denied = this.denies.get(direction);
    if (denied === undefined) {
      denied = this.policies.some(({ subject, isolates }) => isolates[direction] && (!subject || selectsAll(subject)))
        || this.cilium.some(({ selector, rule }) => (!selector || selectsAll(selector))
          && rule.items.some(item => item.direction === direction));
      this.denies.set(direction, denied);
    }
    return denied;
  }

  /** With one label that is asked for, most workloads are out at once. */
  private candidates({ matchLabels, matchExpressions = [] }: Selector, byLabel: ByLabel): readonly Workload[] {
    for (const key in matchLabels) return byLabel.get(key)?.get(matchLabels[key]!) ?? NONE;
    const [first] = matchExpressions;
    if (first?.operator !== 'In') return this.workloads;
    const ofKey = byLabel.get(first.key);
    return first.values?.some(value => ofKey?.has(value)) ? this.workloads : NONE;
  }

  private indexWorkloads() {
    return { isComplete: this.workloads.every(({ labels }) => labels !== undefined), byLabel: workloadsByLabel(this.workloads) };
  }
}

/** Whether the labels of a workload fit, and those that its controller adds decide. */
function perhapsSelected({ located: { object }, labels = {} }: Workload, requirements: readonly SelectorRequirement[]): boolean {
  const name = asString(asObject(object.metadata)?.name) ?? '';
  const added = new Set(addedLabels(object.kind).filter(key => !Object.hasOwn(labels, key)));
  return requirements.some(({ key }) => added.has(key)) && requirements.every(requirement => {
    const { key, operator, values = [] } = requirement;
    if (!added.has(key)) return selectorMatches({ matchExpressions: [requirement] }, labels);
    return operator !== 'In' || values.some(value => canBeAdded(name, key, value));
  });
}
