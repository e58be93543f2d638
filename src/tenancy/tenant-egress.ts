/** What every pod of a tenant may reach outside the cluster. */
export enum TenantEgress {
  /** Nothing but what is allowed on its own. */
  CLOSED = 'closed',
  /** The internet on TCP 443, without private addresses. */
  HTTPS = 'https',
}
