/** What the library is tried with. */
export const PINNED = {
  dependencies: {
    'cdk8s': '2.70.106',
    'cdk8s-plus-28': '2.5.6',
    'constructs': '10.5.1',
  },
  devDependencies: {
    '@types/jest': '30.0.0',
    '@types/node': '20.19.43',
    'cdk8s-cli': '2.207.60',
    'jest': '30.5.2',
    'ts-jest': '29.4.15',
    'ts-node': '10.9.2',
    'typescript': '6.0.3',
  },
} as const;

/**
 * The package.json of a new repository.
 *
 * @param library version of this library, or `file:` and the path of a tarball
 */
export function packageJson(name: string, library: string): string {
  const { dependencies, devDependencies } = PINNED;
  const manifest = {
    name,
    version: '0.0.0',
    private: true,
    scripts: {
      // Asking the registry for a newer cdk8s-cli would make a build depend on it.
      build: 'tsc && CDK8S_CHECK_UPGRADE=false cdk8s synth',
      check: 'tsc && CDK8S_CHECK_UPGRADE=false GUARDRAILS_CHECK=1 cdk8s synth',
      test: 'jest',
    },
    dependencies: sorted({ ...dependencies, 'cdk8s-guardrails': library }),
    devDependencies,
    engines: { node: '>= 20.16.0' },
    jest: {
      preset: 'ts-jest',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
    },
    // 1.13.0 names platform packages that the npm registry does not have, and `npm ci` fails on them.
    overrides: { 'unrs-resolver': '1.12.2' },
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

function sorted(entries: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1)));
}
