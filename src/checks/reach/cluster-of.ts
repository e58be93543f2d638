import { Cluster } from '../../reach/cluster';
import type { CheckContext } from '../check-context';
import { WORKLOAD_KINDS } from '../kubernetes/workloads';

const clusters = new WeakMap<CheckContext, Cluster | null>();

/** Who reaches whom in the set, worked out once for all rules; nothing where nobody is in it, or nothing enforces policies. */
export function clusterOf(context: CheckContext): Cluster | undefined {
  let cluster = clusters.get(context);
  if (cluster === undefined) {
    // Policies without workloads are what most programs write: compiling them would be for nothing.
    const hasWorkloads = context.ofKind(...WORKLOAD_KINDS).length > 0;
    const isOfUse = hasWorkloads && context.target.enforcesNetworkPolicy;
    // Policies that the cluster refuses are errors of their own here: finding them a second time is not worth the time.
    const made = isOfUse ? new Cluster(context.objects, context.target, { strangers: false, refused: new Map() }) : null;
    cluster = made && made.world.size > 0 && made.policies.length > 0 ? made : null;
    clusters.set(context, cluster);
  }
  return cluster ?? undefined;
}
