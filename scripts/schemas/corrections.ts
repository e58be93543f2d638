import { edit } from './edit';
import type { JsonSchema, KindSchema } from './json-schema';
import { productOf } from '../../src/checks/schema/products';

type Definitions = Readonly<Record<string, JsonSchema>>;

/** What OpenAPI calls required, and the API server fills in or takes as empty. */
const NOT_MISSED: Record<string, readonly string[]> = {
  'io.k8s.api.apps.v1.StatefulSetSpec': ['serviceName'],
  'io.k8s.api.batch.v1.PodFailurePolicyOnPodConditionsPattern': ['status'],
  'io.k8s.api.batch.v1.PodFailurePolicyRule': ['onPodConditions'],
  'io.k8s.api.core.v1.HTTPHeader': ['value'],
  'io.k8s.api.core.v1.ISCSIVolumeSource': ['lun'],
  'io.k8s.api.core.v1.LimitRangeSpec': ['limits'],
  'io.k8s.api.core.v1.PreferredSchedulingTerm': ['preference'],
  'io.k8s.api.core.v1.SleepAction': ['seconds'],
  'io.k8s.api.core.v1.Sysctl': ['value'],
  'io.k8s.api.networking.v1.NetworkPolicySpec': ['podSelector'],
  'io.k8s.api.rbac.v1.RoleRef': ['apiGroup'],
};

/** Kinds that are nothing without a `spec`, though OpenAPI does not say so. */
const NEED_SPEC = new Set(['CronJob', 'DaemonSet', 'Deployment', 'Job', 'PersistentVolumeClaim', 'Pod', 'ReplicaSet', 'Service', 'StatefulSet']);

/**
 * Values that the API server takes in fields of which OpenAPI says no more than that they are texts. The empty text is the default.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/
 */
const ENUMS: Record<string, Record<string, readonly string[]>> = {
  'io.k8s.api.apps.v1.DaemonSetUpdateStrategy': { type: ['RollingUpdate', 'OnDelete'] },
  'io.k8s.api.apps.v1.DeploymentStrategy': { type: ['Recreate', 'RollingUpdate'] },
  'io.k8s.api.apps.v1.StatefulSetSpec': { podManagementPolicy: ['OrderedReady', 'Parallel'] },
  'io.k8s.api.apps.v1.StatefulSetUpdateStrategy': { type: ['RollingUpdate', 'OnDelete'] },
  'io.k8s.api.batch.v1.CronJobSpec': { concurrencyPolicy: ['Allow', 'Forbid', 'Replace'] },
  'io.k8s.api.batch.v1.JobSpec': { completionMode: ['NonIndexed', 'Indexed'] },
  'io.k8s.api.core.v1.Container': {
    imagePullPolicy: ['Always', 'IfNotPresent', 'Never'],
    terminationMessagePolicy: ['File', 'FallbackToLogsOnError'],
  },
  'io.k8s.api.core.v1.ContainerPort': { protocol: ['TCP', 'UDP', 'SCTP'] },
  'io.k8s.api.core.v1.HTTPGetAction': { scheme: ['HTTP', 'HTTPS'] },
  'io.k8s.api.core.v1.PodSpec': {
    dnsPolicy: ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
    restartPolicy: ['Always', 'OnFailure', 'Never'],
  },
  'io.k8s.api.core.v1.SeccompProfile': { type: ['Localhost', 'RuntimeDefault', 'Unconfined'] },
  'io.k8s.api.core.v1.ServicePort': { protocol: ['TCP', 'UDP', 'SCTP'] },
  'io.k8s.api.core.v1.ServiceSpec': {
    externalTrafficPolicy: ['Cluster', 'Local'],
    internalTrafficPolicy: ['Cluster', 'Local'],
    ipFamilyPolicy: ['SingleStack', 'PreferDualStack', 'RequireDualStack'],
    sessionAffinity: ['ClientIP', 'None'],
    type: ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'],
  },
  'io.k8s.api.core.v1.Toleration': { effect: ['NoExecute', 'NoSchedule', 'PreferNoSchedule'] },
  'io.k8s.api.core.v1.TopologySpreadConstraint': { whenUnsatisfiable: ['DoNotSchedule', 'ScheduleAnyway'] },
};

/** Kinds that have the structure of another, and no schema of their own among those that are read. */
const LIKE: Record<string, readonly string[]> = {
  'kyverno.io/v1 ClusterPolicy': ['kyverno.io/v2beta1 ClusterPolicy'],
  'kyverno.io/v1 Policy': ['kyverno.io/v2beta1 Policy'],
  'kyverno.io/v2 ClusterCleanupPolicy': ['kyverno.io/v2 CleanupPolicy', 'kyverno.io/v2beta1 ClusterCleanupPolicy', 'kyverno.io/v2beta1 CleanupPolicy'],
  'kyverno.io/v2 PolicyException': ['kyverno.io/v2beta1 PolicyException'],
  ...Object.fromEntries(['Deleting', 'Generating', 'ImageValidating', 'Mutating', 'Validating'].flatMap(word => ['v1', 'v1beta1'].map(version => [
    `policies.kyverno.io/${version} ${word}Policy`, [`policies.kyverno.io/${version} Namespaced${word}Policy`],
  ]))),
};

/** The kinds, with what their schemas leave out or say wrongly. */
export function corrected(kinds: readonly KindSchema[]): KindSchema[] {
  const objectMeta = newestObjectMeta(kinds);
  return kinds.map(one => withObjectMeta(correct(one), objectMeta)).flatMap(withLikes);
}

function correct(kind: KindSchema): KindSchema {
  if (productOf(kind.group) === 'kubernetes') return correctKubernetes(kind);
  // Exactly one of both, which the CRD of Kyverno 1.19 says in CEL. Before, there was no template.
  if (kind.kind !== 'GeneratingPolicy' || kind.product !== '1.19') return kind;
  const oneOf = [{ required: ['expression'] }, { required: ['template'] }];
  return { ...kind, schema: edit(kind.schema, 'spec.generate', generate => ({ ...generate, items: { ...generate.items, oneOf } })) };
}

function correctKubernetes(kind: KindSchema): KindSchema {
  const { schema, definitions = {} } = kind;
  return {
    ...kind,
    schema: NEED_SPEC.has(kind.kind) ? { ...schema, required: ['spec'] } : schema,
    definitions: Object.fromEntries(Object.entries(definitions).map(([name, one]) => [name, correctDefinition(name, one)])),
  };
}

function correctDefinition(name: string, schema: JsonSchema): JsonSchema {
  const required = schema.required?.filter(field => !NOT_MISSED[name]?.includes(field));
  const properties = Object.fromEntries(Object.entries(schema.properties ?? {}).map(([field, one]) => {
    const values = ENUMS[name]?.[field];
    return [field, values ? { ...one, enum: ['', ...values] } : one];
  }));
  return { ...schema, ...required && { required }, ...schema.properties && { properties } };
}

/**
 * A CRD says of `metadata` that it is an object. A `status` is written by controllers, and the API server takes it from them only: what
 * it says is passed over, also where a kind had one in older versions, since manifests that were exported have it.
 */
function withObjectMeta(kind: KindSchema, objectMeta: { schema: JsonSchema; definitions: Definitions } | undefined): KindSchema {
  const { metadata, ...others } = kind.schema.properties ?? {};
  const ofCrd = metadata?.$ref === undefined ? objectMeta : undefined;
  const properties = { ...others, metadata: ofCrd?.schema ?? metadata ?? {}, status: {} };
  return { ...kind, schema: { ...kind.schema, properties }, definitions: ofCrd?.definitions ?? kind.definitions };
}

function newestObjectMeta(kinds: readonly KindSchema[]): { schema: JsonSchema; definitions: Definitions } | undefined {
  const name = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';
  const definitions = kinds.filter(one => one.definitions?.[name]).at(-1)?.definitions;
  return definitions && { schema: { $ref: `#/definitions/${name}` }, definitions };
}

function withLikes(kind: KindSchema): KindSchema[] {
  const likes = LIKE[`${kind.group}/${kind.version} ${kind.kind}`] ?? [];
  return [kind, ...likes.map(text => {
    const [apiVersion = '', name = ''] = text.split(' ');
    const [group = '', version = ''] = apiVersion.split('/');
    return { ...kind, group, version, kind: name };
  })];
}
