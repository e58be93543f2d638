import { accidentalOr } from './accidental-or';
import { allowIsolates } from './allow-isolates';
import { allowsEverything } from './allows-everything';
import { ciliumPolicyIgnored } from './cilium-policy-ignored';
import { cniEnforcesNothing } from './cni-enforces-nothing';
import { contradictorySelector } from './contradictory-selector';
import { controllerLabel } from './controller-label';
import { egressWithoutDns } from './egress-without-dns';
import { hostBits } from './host-bits';
import { hostNetworkSelected } from './host-network-selected';
import { ipBlockForApiServer } from './ip-block-for-api-server';
import { metadataReachable } from './metadata-reachable';
import { namedPortToAddress } from './named-port-to-address';
import { namespaceLabel } from './namespace-label';
import { noDefaultDeny } from './no-default-deny';
import { openToInternet } from './open-to-internet';
import { peerSelectsNothing } from './peer-selects-nothing';
import { policySelectsNothing } from './policy-selects-nothing';
import { policyTypesMissing } from './policy-types-missing';
import { rulesWithoutType } from './rules-without-type';
import { sameRulesTwice } from './same-rules-twice';
import { sensitivePortOpen } from './sensitive-port-open';
import { servicePort } from './service-port';
import { unmatchedNamedPort } from './unmatched-named-port';
import { unprotectedWorkload } from './unprotected-workload';
import type { Rule } from '../rule';

/** What a NetworkPolicy is taken for and hardly means. */
export const NETWORK_RULES: readonly Rule[] = [
  accidentalOr,
  allowIsolates,
  allowsEverything,
  ciliumPolicyIgnored,
  cniEnforcesNothing,
  contradictorySelector,
  controllerLabel,
  egressWithoutDns,
  hostBits,
  hostNetworkSelected,
  ipBlockForApiServer,
  metadataReachable,
  namedPortToAddress,
  namespaceLabel,
  noDefaultDeny,
  openToInternet,
  peerSelectsNothing,
  policySelectsNothing,
  policyTypesMissing,
  rulesWithoutType,
  sameRulesTwice,
  sensitivePortOpen,
  servicePort,
  unmatchedNamedPort,
  unprotectedWorkload,
];
