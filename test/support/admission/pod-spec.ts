import { Dict } from './json';

/** The pod spec inside a Pod or a pod controller, or undefined where the object runs no pods. */
export function podSpecOf(object: Dict): Dict | undefined {
  switch (object.kind) {
    case 'Pod': return object.spec;
    case 'CronJob': return object.spec?.jobTemplate?.spec?.template?.spec;
    case 'Deployment':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'ReplicaSet':
    case 'ReplicationController':
    case 'Job': return object.spec?.template?.spec;
    default: return undefined;
  }
}
