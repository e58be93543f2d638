import type { Construct } from 'constructs';
import type { PolicyIntent } from './policy-intent';
import { clusterPolicy } from '../cluster-policy-emitter';
import { KyvernoPolicy } from '../kyverno-policy';

/** Writes an intent in the language that Kyverno on this platform takes, after the roles that it needs. */
export function writePolicy(construct: Construct, intent: PolicyIntent, ...roles: Construct[]): KyvernoPolicy {
  const policy = new KyvernoPolicy(construct, 'Policy', clusterPolicy(intent));
  roles.forEach(role => policy.node.addDependency(role));
  return policy;
}
