import { Cni } from './cni';
import type { PlatformProps } from './platform-props';
import { readYamlFile, UnreadableFile } from '../manifests/read-yaml-file';
import { readPlatformFacts } from '../target/target-file';
import { refuse } from '../values/guardrails-error';

/**
 * The properties of a platform that a target file describes.
 *
 * @throws GuardrailsError when the file cannot be read, or says what no target file does
 */
export function platformFromFile(path: string): PlatformProps {
  const { cni, cilium, apiServer, ...facts } = readPlatformFacts(read(path), path);
  return {
    ...facts,
    ...(apiServer && { apiServer: { ...apiServer, cidrs: copied(apiServer.cidrs) } }),
    cni: Cni._fromFacts({ cni, cilium }, path),
    podCidrs: copied(facts.podCidrs),
    serviceCidrs: copied(facts.serviceCidrs),
    nodeCidrs: copied(facts.nodeCidrs),
    podTemplates: facts.podTemplates && { ...facts.podTemplates },
    searchDomains: copied(facts.searchDomains),
    systemNamespaces: copied(facts.systemNamespaces),
  };
}

function read(path: string): unknown {
  try {
    return readYamlFile(path);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return refuse('Platform.fromFile', 'path', { given: path, allowed: 'a target file, in YAML', mend: `What is wrong: ${error.message}.` });
  }
}

function copied(list: readonly string[] | undefined): string[] | undefined {
  return list && [...list];
}
