import type { Construct } from 'constructs';
import type { Subject } from './policy-intent';
import { Platform } from '../../platform/platform';
import { where } from '../../platform/where';
import { refuse } from '../../values/guardrails-error';
import { LabelSelector } from '../../values/label-selector';
import type { KyvernoNamespaceOptions } from '../intent-options';

/** The namespaces that the platform runs for its tenants. */
const MANAGED = LabelSelector.labels({ 'platform.io/managed': 'true' });

/** Objects of these kinds in the namespaces that are meant. */
export function subjectOf(construct: Construct, kinds: string[], options: KyvernoNamespaceOptions): Subject {
  const except = options.excludeNamespaces ?? Platform.of(construct).systemNamespaces;
  if (except.some(name => name === '*')) {
    refuse(where(construct), 'excludeNamespaces', {
      given: '*', allowed: 'names that leave some namespace over', mend: 'Leave the construct out where no namespace is meant.',
    });
  }
  return { kinds, namespaces: options.namespaceSelector ?? MANAGED, except: [...new Set(except)].sort() };
}
