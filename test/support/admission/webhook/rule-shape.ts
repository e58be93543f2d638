import { Dict, isDict, items } from '../json';
import { eachRule, filtersOf, runsInBackground, when } from './rules-of';

const TYPES = ['mutate', 'validate', 'generate', 'verifyImages'];

/** What the webhook refuses about the kind of a rule and about the metadata that it patches or compares. */
export function ruleProblems(policy: Dict): string[] {
  return eachRule(policy, (rule) => {
    const types = TYPES.filter((type) => isDict(rule[type]) ? Object.keys(rule[type]).length > 0 : items(rule[type]).length > 0);
    return [
      ...when(types.length !== 1, `exactly one of ${TYPES.join(', ')} is needed, and it has ${types.join(', ') || 'none'}`),
      ...when(rule.imageExtractors !== undefined && rule.verifyImages === undefined, 'imageExtractors needs verifyImages'),
      ...patterns(rule).flatMap(stringMetadata),
      ...anyKind(rule, runsInBackground(policy)),
    ];
  });
}

function patterns({ validate, mutate }: Dict): Dict[] {
  return [validate?.pattern, ...items(validate?.anyPattern), mutate?.patchStrategicMerge].filter(isDict);
}

function stringMetadata(pattern: Dict): string[] {
  return [pattern.metadata, pattern.spec?.template?.metadata].filter(isDict).flatMap((metadata) => (
    ['labels', 'annotations'].flatMap((field) => Object.entries(metadata[field] ?? {})
      .filter(([, value]) => typeof value !== 'string')
      .map(([key, value]) => `the ${field.slice(0, -1)} '${key}' is ${JSON.stringify(value)}, and must be text`))
  ));
}

/** Rules about the kind `*` may only touch what all kinds have. */
function anyKind(rule: Dict, background: boolean): string[] {
  const lists = filtersOf(rule).map(({ filter }) => items(filter.resources?.kinds)).filter((kinds) => kinds.includes('*'));
  if (lists.length === 0) {
    return [];
  }
  const { validate, mutate, generate, verifyImages } = rule;
  const jsonPatch = `${mutate?.patchesJson6902 ?? ''}`;
  const paths = [...jsonPatch.matchAll(/["']?path["']?\s*:\s*["']?([^"'\s,}]+)/g)].map((match) => match[1] ?? '');
  return [
    ...when(background, 'the kind * needs background: false'),
    ...when(lists.some((kinds) => kinds.length > 1), 'the kind * must be the only one'),
    ...when(generate !== undefined || verifyImages !== undefined || validate?.foreach !== undefined, 'the kind * is not for this type of rule'),
    ...when(
      patterns(rule).some((pattern) => Object.keys(pattern).some((key) => !/^.?\(?metadata\)?$/.test(key)))
      || paths.some((path) => !path.startsWith('/metadata')),
      'with the kind * only metadata may be compared or patched',
    ),
  ];
}

