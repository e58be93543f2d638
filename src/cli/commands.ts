import type { CommandEntry } from './command';

/** Every subcommand, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'check',
    summary: 'Find what a cluster would refuse or misread in manifests',
    load: () => (module.require('./check-command') as typeof import('./check-command')).checkCommand,
  },
  {
    name: 'explain',
    summary: 'Tell whether a connection passes, and which policies decide it',
    load: () => (module.require('./explain-command') as typeof import('./explain-command')).explainCommand,
  },
  {
    name: 'map',
    summary: 'Show who reaches whom, as a list or as a picture',
    load: () => (module.require('./map-command') as typeof import('./map-command')).mapCommand,
  },
  {
    name: 'diff',
    summary: 'Show what a change of manifests opens and closes',
    load: () => (module.require('./diff-command') as typeof import('./diff-command')).diffCommand,
  },
  {
    name: 'test',
    summary: 'Compare what manifests let through with a table of flows',
    load: () => (module.require('./test-command') as typeof import('./test-command')).testCommand,
  },
  {
    name: 'init',
    summary: 'Write a repository to start a platform from',
    load: () => (module.require('./init-command') as typeof import('./init-command')).initCommand,
  },
];
