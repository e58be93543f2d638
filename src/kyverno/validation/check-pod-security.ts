import type { Spot } from './spot';
import { PodSecurityLevel } from '../../platform/pod-security-level';
import { CONTAINER_CONTROLS, POD_CONTROLS, RESTRICTED_CONTROLS } from '../../values/kyverno-pod-security';
import type { KyvernoPodSecurity, KyvernoPodSecurityExclude } from '../pod-security';

/** What the webhook asks of `validate.podSecurity`. */
export function checkPodSecurity(spot: Spot, { level, version, exclude }: KyvernoPodSecurity): void {
  if (version !== undefined && !/^(latest|v1\.(19|2\d|3[0-2]))$/.test(version)) {
    spot.in('version').refuse(version, 'v1.19 to v1.32, or latest', 'Write one of them, with the v.');
  }
  exclude?.forEach((entry, index) => checkExclude(spot.in('exclude').in(index), level, entry));
}

function checkExclude(spot: Spot, level: PodSecurityLevel, entry: KyvernoPodSecurityExclude): void {
  const { controlName, images, restrictedField, values } = entry;
  if (CONTAINER_CONTROLS.includes(controlName) && !images?.length) {
    spot.in('images').refuse('none', `images for ${controlName}, a control of containers`, 'Name the images that are let off, or [\'*\'].');
  }
  if (POD_CONTROLS.includes(controlName) && images?.length) {
    spot.in('images').refuse(images, `no images for ${controlName}, a control of the whole pod`, 'Drop them.');
  }
  if ((restrictedField === undefined) !== (values === undefined)) {
    spot.refuse(restrictedField ? 'restrictedField alone' : 'values alone', 'restrictedField and values together', 'Add the other one, or drop both.');
  }
  if (level === PodSecurityLevel.BASELINE && RESTRICTED_CONTROLS.includes(controlName)) {
    spot.in('controlName').refuse(controlName, 'controls of the level baseline', 'Drop the entry: baseline does not ask for it.');
  }
}
