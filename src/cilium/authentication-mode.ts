/**
 * Whether a connection must be authenticated.
 *
 * @see https://docs.cilium.io/en/stable/network/servicemesh/mutual-authentication/mutual-authentication/
 */
export enum AuthenticationMode {
  /** Both sides must prove who they are. */
  REQUIRED = 'required',
  /** No authentication, even where another rule asks for it. */
  DISABLED = 'disabled',
  /** Always fails; for trying out. */
  TEST_ALWAYS_FAIL = 'test-always-fail',
}
