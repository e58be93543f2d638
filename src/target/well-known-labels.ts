/** The label that the API server puts on every Namespace and lets nobody change. */
export const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name';
