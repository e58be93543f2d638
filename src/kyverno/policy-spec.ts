import type { KyvernoPolicyProps } from './kyverno-policy';
import { LabelSelector } from '../values/label-selector';

/** Fields whose names are spelled otherwise upstream than jsii takes them. */
const SPELLED: Record<string, string> = { cosignOci11: 'cosignOCI11', ignoreSct: 'ignoreSCT' };

/** Fields that hold the user's own data: patterns and patches are written as they are. */
const OPAQUE = new Set(['pattern', 'anyPattern', 'patchStrategicMerge', 'data', 'key', 'value', 'default', 'annotations', 'reportProperties']);

/** The `spec` of a ClusterPolicy. */
export function policySpec(props: KyvernoPolicyProps): object {
  const { name: _name, labels: _labels, annotations: _annotations, ...spec } = props;
  return fields(spec);
}

function plain(field: string, value: unknown): unknown {
  if (value instanceof LabelSelector) return value._selector;
  // The API takes the patch as text; JSON is read as well as YAML.
  if (field === 'patchesJson6902') return JSON.stringify(value, null, 2);
  if (OPAQUE.has(field)) return value;
  if (Array.isArray(value)) return value.map(item => plain('', item));
  return typeof value === 'object' && value !== null ? fields(value) : value;
}

function fields(struct: object): object {
  return Object.fromEntries(
    Object.entries(struct)
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => [SPELLED[field] ?? field, plain(field, value)]),
  );
}
