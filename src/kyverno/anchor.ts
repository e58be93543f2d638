import { insistArguments } from '../values/insist-typed';

/**
 * Keys of patterns that mean more than a field's name. Each returns the key to write in the pattern's map.
 *
 * @see https://kyverno.io/docs/policy-types/cluster-policy/validate/#anchors
 * @example
 *
 * // Where there are init containers, each of them needs a memory limit.
 * const pattern = {
 *   spec: { [Anchor.ifPresent('initContainers')]: [{ resources: { limits: { memory: '?*' } } }] },
 * };
 */
export class Anchor {
  /**
   * The fields beside it are asked for only where this field matches; elsewhere, and where it is missing, the map is skipped.
   * In a patch, the map is changed only where it matches.
   */
  public static when(field: string): string { return anchor('when', '', field); }

  /** Must match where it is there; may be missing. Patterns only. */
  public static ifPresent(field: string): string { return anchor('ifPresent', '=', field); }

  /** A list of which at least one element must match; may be missing. Its value is a list of patterns. Patterns only. */
  public static anyElement(field: string): string { return anchor('anyElement', '^', field); }

  /** Must not be there, whatever its value. Patterns only. */
  public static forbid(field: string): string { return anchor('forbid', 'X', field); }

  /** Where the field is there and does not match, the whole rule is skipped. */
  public static global(field: string): string { return anchor('global', '<', field); }

  /** Written only where it is missing. Patches only: a pattern with it is refused. */
  public static addIfAbsent(field: string): string { return anchor('addIfAbsent', '+', field); }

  private constructor() {}
}

function anchor(factory: string, sign: string, field: string): string {
  insistArguments(`Anchor.${factory}`, { field });
  return `${sign}(${field})`;
}
