import { Construct, type IConstruct } from 'constructs';
import { objectsBy } from '../platform/objects-of';
import type { Platform } from '../platform/platform';
import { platforms } from '../platform/platform-scopes';
import { Cluster } from '../reach/cluster';
import { leftOutTexts } from '../reach/failure-text';
import { targetOf } from '../target/target-of';
import { GuardrailsError } from '../values/guardrails-error';

/**
 * The cluster that a chart is for, with the objects of all charts of that cluster, or an app whose charts are for one cluster. Also plain
 * objects, or what `readFiles` found, for the default target. For many expectations about large sets, make it once and pass it on.
 *
 * @throws GuardrailsError for anything else, and for an app of several clusters
 */
export function clusterOf(subject: unknown): Cluster {
  const cluster = readSubject(subject);
  warnOf(cluster);
  return cluster;
}

/** An expectation that is met shows nothing: what it leaves out is told once. */
function warnOf(cluster: Cluster): void {
  for (const text of leftOutTexts(cluster).filter(one => !told.has(one))) {
    told.add(text);
    process.emitWarning(text, 'GuardrailsWarning');
  }
}

const told = new Set<string>();

function readSubject(subject: unknown): Cluster {
  if (subject instanceof Cluster) return subject;
  if (Array.isArray(subject)) return Cluster.fromManifests(subject);
  if (Construct.isConstruct(subject)) return clusterOfConstruct(subject);
  throw new GuardrailsError('expect', 'subject', {
    given: typeof subject, allowed: 'a chart, an app, a list of Kubernetes objects, or a Cluster', mend: 'Pass the chart that the objects are in.',
  });
}

function clusterOfConstruct(construct: IConstruct): Cluster {
  const objects = objectsBy(construct.node.root.node.findAll(), platformOf);
  const platform = platformOf(construct) ?? onlyOne([...objects.keys()], construct);
  return new Cluster(objects.get(platform) ?? [], platform?._target ?? targetOf());
}

/** The nearest one; asking must not create one of defaults, which a chart may not want. */
function platformOf(construct: IConstruct): Platform | undefined {
  return [...construct.node.scopes].reverse().map(scope => platforms.get(scope)).find(platform => platform !== undefined);
}

/** An app whose clusters have scopes of their own has no platform itself. */
function onlyOne(all: readonly (Platform | undefined)[], construct: IConstruct): Platform | undefined {
  const [platform, another] = all;
  if (all.length > 1) {
    const scopes = [platform, another].map(one => one?._scope.node.path || 'app');
    throw new GuardrailsError('expect', 'subject', {
      given: `${construct.node.path || 'an app'} with several clusters: ${scopes.join(', ')}`,
      allowed: 'what is for one cluster',
      mend: 'Pass a chart of the cluster that is meant.',
    });
  }
  return platform;
}
