import { labelKeyProblem } from '../values/labels';
import { Problem, problem } from '../values/problem';
import { parseQuantity, quantityProblem } from '../values/quantity';

const COMPUTE = ['cpu', 'memory', 'ephemeral-storage'];
const AMOUNTS = [...COMPUTE, ...COMPUTE.map(name => `requests.${name}`), ...COMPUTE.map(name => `limits.${name}`), 'requests.storage'];
const COUNTS = [
  'configmaps', 'persistentvolumeclaims', 'pods', 'replicationcontrollers', 'resourcequotas', 'secrets', 'services',
  'services.loadbalancers', 'services.nodeports',
];
const ONE = 10n ** 9n;

/**
 * What the API server has against a figure of a ResourceQuota. A name with a slash is taken as it is: `count/deployments.apps`,
 * `requests.nvidia.com/gpu`, a storage class.
 */
export function quotaFigureProblem(resource: string, value: string): Problem | undefined {
  if (!AMOUNTS.includes(resource) && !COUNTS.includes(resource) && !/^(requests\.)?hugepages-./.test(resource) && !resource.includes('/')) {
    const allowed = `${[...AMOUNTS, ...COUNTS].join(', ')}, hugepages, and others with a slash, such as count/deployments.apps`;
    return problem(resource, allowed, 'Write one of them.');
  }
  const whole = COUNTS.includes(resource) || resource.includes('/');
  return labelKeyProblem(resource) ?? amountProblem(value) ?? (whole ? wholeProblem(value) : undefined);
}

/** What the API server has against a figure of the container entry of a LimitRange. */
export function containerFigureProblem(resource: string, value: string): Problem | undefined {
  if (!COMPUTE.includes(resource) && !/^hugepages-./.test(resource) && !resource.includes('/')) {
    return problem(resource, `${COMPUTE.join(', ')}, hugepages, and others with a slash, such as nvidia.com/gpu`, 'Write one of them.');
  }
  return labelKeyProblem(resource) ?? amountProblem(value);
}

function amountProblem(value: string): Problem | undefined {
  const wrong = quantityProblem(value);
  if (wrong || parseQuantity(value)!.nanos >= 0n) return wrong;
  return problem(value, 'nothing below 0', 'Write 0 to allow none.');
}

function wholeProblem(value: string): Problem | undefined {
  return parseQuantity(value)!.nanos % ONE === 0n ? undefined : problem(value, 'a whole number', 'Write it without a fraction.');
}
