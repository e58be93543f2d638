/**
 * Whether a connection must be authenticated.
 *
 * @see https://docs.cilium.io/en/stable/network/servicemesh/mutual-authentication/mutual-authentication/
 */
export enum AuthenticationMode {
  /** Both sides must prove who they are. */
  REQUIRED = 'required',
  /**
   * No authentication. Where another rule asks for it, the more specific of the two decides: beside a narrower REQUIRED this has no
   * effect.
   */
  DISABLED = 'disabled',
  /** Always fails; for trying out. */
  TEST_ALWAYS_FAIL = 'test-always-fail',
}
