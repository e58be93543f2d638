import type { CommandEntry } from './command';

/** Every subcommand, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'check',
    summary: 'Find what a cluster would refuse or misread in manifests',
    load: () => (module.require('./check-command') as typeof import('./check-command')).checkCommand,
  },
];
