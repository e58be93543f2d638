/**
 * The versions that policies are written for: which are known, and which one is taken when nobody says.
 */
export interface VersionRange {
  /** What the version is of, as people write it. */
  readonly product: string;
  readonly oldest: string;
  readonly newest: string;
  readonly fallback: string;
}

export const CILIUM: VersionRange = { product: 'Cilium', oldest: '1.16', newest: '1.20', fallback: '1.18' };
export const KYVERNO: VersionRange = { product: 'Kyverno', oldest: '1.13', newest: '1.20', fallback: '1.19' };
export const KUBERNETES: VersionRange = { product: 'Kubernetes', oldest: '1.28', newest: '1.36', fallback: '1.33' };
export const FLUX: VersionRange = { product: 'Flux', oldest: '2.6', newest: '2.9', fallback: '2.8' };
