import { cdk, cdk8s, javascript } from 'projen';

const NODE_VERSION = '20.16.0';

/** Folders beside src and test that hold TypeScript which is linted and type-checked, but not shipped. */
const DEV_DIRS = ['bench', 'examples', 'scripts'];

/** The starter has a tsconfig.json of its own, which goes along when it is copied. */
const CHECKED_DIRS = [...DEV_DIRS, 'starter'];

/** Stricter than projen's defaults; jsii's own "strict" validation would refuse both options. */
const STRICTER = { noUncheckedIndexedAccess: true, noImplicitOverride: true };

/** Tests and examples import the library by its name. They are checked against the sources, so nothing has to be compiled first. */
const SUBPATHS = ['check', 'jest', 'reach'];
const SELF = {
  paths: {
    'cdk8s-guardrails': ['../src/index.ts'],
    ...Object.fromEntries(SUBPATHS.map((name) => [`cdk8s-guardrails/${name}`, [`../src/${name}.ts`]])),
  },
};

const project = new cdk8s.ConstructLibraryCdk8s({
  name: 'cdk8s-guardrails',
  description: 'Network policies, Kyverno policies and tenants for Kubernetes as typed constructs, with checks that they do what they say.',
  keywords: ['kubernetes', 'networkpolicy', 'cilium', 'kyverno', 'flux', 'multi-tenancy', 'guardrails'],
  author: 'cdk8s-guardrails',
  authorAddress: 'cdk8s-guardrails@users.noreply.github.com',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk8s-guardrails/cdk8s-guardrails',
  license: 'Apache-2.0',
  defaultReleaseBranch: 'main',
  projenrcTs: true,
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: NODE_VERSION,

  // The floors are chosen so that cdk8s-cli and cdk8s-plus-28 share one copy of cdk8s and of constructs with us.
  cdk8sVersion: '2.70.106',
  constructsVersion: '10.5.1',
  peerDeps: ['cdk8s-plus-28@^2.5.6'],
  bundledDeps: ['js-yaml@^4.3.2', 're2js@^2.10.0'],
  bin: { guardrails: 'bin/guardrails' },
  devDeps: ['@types/js-yaml@^4.0.9', 'cdk8s-cli@2.207.60', 'fast-check@^4.10.2', 'yaml@2.9.1'],
  projenVersion: '0.103.25',
  jsiiVersion: '~6.0.0',
  typescriptVersion: '~6.0.3',
  publishToPypi: { distName: 'cdk8s-guardrails', module: 'cdk8s_guardrails' },

  // No CI provider is assumed: `bash .ci/run` is the whole pipeline.
  github: false,
  release: false,
  depsUpgrade: false,
  sampleCode: false,

  validateTsconfig: cdk.ValidateTsconfig.MINIMAL,
  tsconfig: { compilerOptions: { ...STRICTER, types: ['node'] } },
  tsconfigDev: {
    compilerOptions: { ...SELF, types: ['jest', 'node'] },
    include: CHECKED_DIRS.map((dir) => `../${dir}/**/*.ts`),
    exclude: ['../scripts/consumer'],
  },
  typecheckTests: true,

  jestOptions: {
    jestVersion: '^30',
    junitReporting: false,
    passWithNoTests: false,
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    jestConfig: {
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      setupFiles: ['<rootDir>/test/support/quiet.ts'],
      moduleNameMapper: {
        '^cdk8s-guardrails$': '<rootDir>/src/index.ts',
        [`^cdk8s-guardrails/(${SUBPATHS.join('|')})$`]: '<rootDir>/src/$1.ts',
      },
      // V8 coverage makes suites that load cdk8s-plus ten times slower.
      collectCoverage: false,
      coverageProvider: 'babel',
    },
  },

  eslintOptions: {
    dirs: ['src'],
    devdirs: ['test', ...CHECKED_DIRS],
    commandOptions: { fix: false, extraArgs: ['--max-warnings=0'] },
  },

  gitignore: ['/examples/*/deploy/', '/examples/*/dist/', '.jsii.tabl.json'],
  npmIgnoreOptions: {
    ignorePatterns: ['/.ci/', '/bench/', '/docs/', '/examples/', '/rosetta/', '/scripts/', '.jsii.tabl.json', '/API.md', '/CONTRIBUTING.md'],
  },
});

for (const dir of DEV_DIRS) {
  new javascript.TypescriptConfig(project, {
    fileName: `${dir}/tsconfig.json`,
    extends: javascript.TypescriptConfigExtends.fromTypescriptConfigs([project.tsconfig!]),
    compilerOptions: { ...SELF, rootDir: '..', noEmit: true },
    exclude: ['consumer'],
  });
}

// 1.13.0 names platform packages that the npm registry does not have, and `npm ci` fails on them.
project.package.addPackageResolutions('unrs-resolver@1.12.2');

project.package.addField('exports', {
  '.': './lib/index.js',
  ...Object.fromEntries(SUBPATHS.map((name) => [`./${name}`, `./lib/${name}.js`])),
  './validation': './lib/validation.js',
  './package.json': './package.json',
  './.jsii': './.jsii',
});

// jsii silences its end-of-life banner only for the major version named here.
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

// jsii never removes the output of deleted sources, and what is in lib/ gets packed.
project.preCompileTask.prependExec('rm -rf lib');

// Every @example, and every ts block of the README, has to compile inside rosetta/default.ts-fixture.
project.postCompileTask.exec('ts-node --transpile-only scripts/rules-doc.ts');
project.postCompileTask.exec('jsii-rosetta extract --strict --batch --directory . .');

addHouseRules(project);
addExampleTask(project);
addBenchTasks(project);

// The Python package needs a Python toolchain: `npm run package-all` makes it, a plain build does not.
project.packageTask.reset();
project.packageTask.spawn(project.tasks.tryFind('package:js')!);

project.synth();

/** Size and layering rules; CONTRIBUTING.md explains the two wings. */
function addHouseRules(target: cdk8s.ConstructLibraryCdk8s): void {
  const pure = ['values', 'target'];
  const left = ['platform', 'network', 'cilium', 'kyverno', 'tenancy', 'assertions', 'flux', 'bootstrap'];
  const right = ['manifests', 'checks', 'reach', 'admission', 'report', 'cli'];
  const constructLibraries = ['cdk8s', 'cdk8s/*', 'constructs', 'constructs/*', 'cdk8s-plus-28', 'cdk8s-plus-28/*'];
  // By depth, since an area of src/checks may be called like a room.
  const depths = [{ files: '*.ts', up: '..' }, { files: '*/*.ts', up: '../..' }, { files: '*/*/*.ts', up: '../../..' }];
  const forbid = (rooms: string[], others: string[], message: string) => depths.forEach(({ files, up }) => target.eslint?.addOverride({
    files: rooms.map((room) => `src/${room}/${files}`),
    rules: {
      'no-restricted-imports': ['error', {
        patterns: [{ group: [...constructLibraries, ...others.flatMap((room) => [`${up}/${room}`, `${up}/${room}/**`])], message }],
      }],
    },
  }));

  target.eslint?.addRules({
    '@stylistic/max-len': ['error', {
      code: 140, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true,
    }],
    '@typescript-eslint/ban-ts-comment': ['error', { 'ts-ignore': true, 'ts-expect-error': 'allow-with-description' }],
    // The library's own name resolves to lib/ only once it is compiled; tsc checks these imports.
    'import/no-unresolved': ['error', { ignore: ['^cdk8s-guardrails(/|$)'] }],
    // Whether the library's own name resolves depends on whether it was compiled: its place among the imports must not.
    'import/order': ['warn', {
      groups: ['builtin', 'external'],
      alphabetize: { order: 'asc', caseInsensitive: true },
      pathGroups: [{ pattern: 'cdk8s-guardrails{,/**}', group: 'external' }],
      pathGroupsExcludedImportTypes: [],
    }],
    'max-lines': ['error', 400],
  });
  target.eslint?.addOverride({ files: ['src/**/*.ts'], rules: { 'max-lines-per-function': ['error', 60] } });
  // Sets of bits are what bitwise operators are for.
  target.eslint?.addOverride({ files: ['src/reach/bit-set.ts'], rules: { 'no-bitwise': 'off' } });
  forbid(pure, [...left, ...right], 'Values and targets know neither constructs nor manifests.');
  forbid(right, left, 'Everything right of the manifests works on plain objects and never imports a construct.');
}

/** `npm run example [-- NAME]`: compile the library, then synthesize an example as its reader would. */
function addExampleTask(target: cdk8s.ConstructLibraryCdk8s): void {
  const task = target.addTask('example', { description: 'Synthesize an example (payments unless named) and list what was written' });
  task.spawn(target.compileTask);
  task.exec('ts-node --transpile-only scripts/example.ts', { receiveArgs: true });
}

/** `npm run bench:check`, `bench:reach` and `bench:synth`: the tables of docs/performance.md. */
function addBenchTasks(target: cdk8s.ConstructLibraryCdk8s): void {
  const subjects = { check: 'guardrails check against js-yaml alone', reach: 'maps, answers and differences', synth: 'FluxApp against cdk8s\' own App' };
  for (const [name, subject] of Object.entries(subjects)) {
    const task = target.addTask(`bench:${name}`, { description: `Measure ${subject}` });
    task.spawn(target.compileTask);
    task.exec(`ts-node --transpile-only bench/${name}/measure.ts`);
  }
}
