import type { NodeRules } from '../../src/checks/schema/schema-data';

/** What stands for the CEL rules of the CRDs: there are few, so each is translated by hand. */
const CEL: Record<string, NodeRules> = {
  '(has(self.chart) && !has(self.chartRef)) || (!has(self.chart) && has(self.chartRef))': { exactlyOne: [['chart'], ['chartRef']] },
  'has(self.configMapRef) || has(self.secretRef)': { atLeastOne: [['configMapRef'], ['secretRef']] },
  '!has(self.configMapRef) || !has(self.secretRef)': { notTogether: [['configMapRef', 'secretRef']] },
  '!has(self.retryInterval) || self.name != \'RemediateOnFailure\'': { onlyWith: [{ field: 'retryInterval', other: 'name', values: ['RetryOnFailure'] }] },
  '!has(self.retryInterval) || self.name == \'RetryOnFailure\'': { onlyWith: [{ field: 'retryInterval', other: 'name', values: ['RetryOnFailure'] }] },
  '!has(self.serviceAccountName) || (has(self.provider) && (self.provider == \'azure\' || self.provider == \'aws\'))':
    { onlyWith: [{ field: 'serviceAccountName', other: 'provider', values: ['azure', 'aws'] }] },
  '!has(self.serviceAccountName) || (has(self.provider) && self.provider == \'azure\')':
    { onlyWith: [{ field: 'serviceAccountName', other: 'provider', values: ['azure'] }] },
};

export function celRules(validations: readonly { readonly rule: string }[]): NodeRules {
  return Object.assign({}, ...validations.map(({ rule }) => {
    const known = CEL[rule];
    if (!known) throw new Error(`build-schemas: the CEL rule ${rule} is new. Translate it in scripts/schemas/cel-rules.ts.`);
    return known;
  })) as NodeRules;
}
