/**
 * Who gives access to a registry.
 *
 * @see https://fluxcd.io/flux/integrations/
 */
export enum FluxCloudProvider {
  /** Credentials of a Secret, or none. */
  GENERIC = 'generic',
  /** The identity of the controller at AWS. */
  AWS = 'aws',
  /** The identity of the controller at Azure. */
  AZURE = 'azure',
  /** The identity of the controller at Google Cloud. */
  GCP = 'gcp',
}
