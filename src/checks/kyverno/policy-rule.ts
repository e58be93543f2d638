import { type Condition, conditionsOf } from './conditions';
import { below, type Fields, type Spot } from './fields';
import { type Filter, filtersOf } from './filters';
import { type Foreach, foreachOf } from './foreach';
import { type Pattern, patternsOf } from './patterns';
import { templatesOf, type Variable, variablesAt } from './rule-variables';
import { asObject, asString } from '../read';

export type RuleType = 'validate' | 'mutate' | 'generate' | 'verifyImages';

/** A rule of a policy. What takes a walk to find is found when it is first asked for. */
export class PolicyRule {
  readonly pointer: string;
  readonly name: string;
  /** `validate`, `mutate` and `generate` as objects; empty where the rule has none. */
  readonly validate: Fields;
  readonly mutate: Fields;
  readonly generate: Fields;
  private knownFilters?: readonly Filter[];
  private knownKinds?: readonly string[];
  private knownConditions?: readonly Condition[];
  private knownPatterns?: readonly Pattern[];
  private knownForeach?: readonly Foreach[];
  private knownTemplates?: readonly Spot[];
  private knownVariables?: readonly Variable[];

  constructor(readonly fields: Fields, readonly index: number, private readonly spec: Fields) {
    this.pointer = below('/spec/rules', index);
    this.name = asString(fields.name) ?? '';
    this.validate = asObject(fields.validate) ?? {};
    this.mutate = asObject(fields.mutate) ?? {};
    this.generate = asObject(fields.generate) ?? {};
  }

  at(...keys: (string | number)[]): string {
    return below(this.pointer, ...keys);
  }

  has(type: RuleType): boolean {
    return this.fields[type] !== undefined && this.fields[type] !== null;
  }

  /** What match and exclude select, filter by filter. */
  get filters(): readonly Filter[] {
    return this.knownFilters ??= filtersOf(this);
  }

  /** The kinds that match names. */
  get kinds(): readonly string[] {
    return this.knownKinds ??= this.filters.filter(({ place }) => place === 'match').flatMap(({ kinds }) => kinds);
  }

  /** The conditions of the rule, those of foreach and targets among them. */
  get conditions(): readonly Condition[] {
    return this.knownConditions ??= conditionsOf(this);
  }

  get patterns(): readonly Pattern[] {
    return this.knownPatterns ??= patternsOf(this);
  }

  get foreach(): readonly Foreach[] {
    return this.knownForeach ??= foreachOf(this);
  }

  /** The texts with `{{` outside match and exclude. */
  get templates(): readonly Spot[] {
    return this.knownTemplates ??= templatesOf(this);
  }

  /** The variables outside match and exclude. */
  get variables(): readonly Variable[] {
    return this.knownVariables ??= this.templates.flatMap(variablesAt);
  }

  /** What a failure does, as written: on the rule, or else on the policy. */
  get action(): string | undefined {
    return asString(this.validate.failureAction) ?? asString(this.spec.validationFailureAction);
  }
}
