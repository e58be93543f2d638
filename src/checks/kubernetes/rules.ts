import { duplicatePortName } from './duplicate-port-name';
import { invalidAnnotation } from './invalid-annotation';
import { invalidCidr } from './invalid-cidr';
import { invalidContainer } from './invalid-container';
import { invalidLabel } from './invalid-label';
import { invalidName } from './invalid-name';
import { invalidPeer } from './invalid-peer';
import { invalidPolicyPort } from './invalid-policy-port';
import { invalidQuantity } from './invalid-quantity';
import { invalidRoleRef } from './invalid-role-ref';
import { invalidSelector } from './invalid-selector';
import { invalidSubject } from './invalid-subject';
import { limitRangeOrder } from './limit-range-order';
import { missingName } from './missing-name';
import { missingRole } from './missing-role';
import { namespaceMissing } from './namespace-missing';
import { namespaceOnClusterScoped } from './namespace-on-cluster-scoped';
import { policyTypes } from './policy-types';
import { requestAboveLimit } from './request-above-limit';
import { selectorMissesTemplate } from './selector-misses-template';
import type { Rule } from '../rule';

/** What the API server refuses beyond structure, and what it takes in another sense than written. */
export const KUBERNETES_RULES: readonly Rule[] = [
  duplicatePortName,
  invalidAnnotation,
  invalidCidr,
  invalidContainer,
  invalidLabel,
  invalidName,
  invalidPeer,
  invalidPolicyPort,
  invalidQuantity,
  invalidRoleRef,
  invalidSelector,
  invalidSubject,
  limitRangeOrder,
  missingName,
  missingRole,
  namespaceMissing,
  namespaceOnClusterScoped,
  policyTypes,
  requestAboveLimit,
  selectorMissesTemplate,
];
