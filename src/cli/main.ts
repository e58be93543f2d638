import { COMMANDS } from './commands';
import { ExitCode, UsageError } from './exit-code';
import { type Io, processIo } from './io';
import { version } from '../report/version';
import { GuardrailsError } from '../values/guardrails-error';

const width = Math.max(...COMMANDS.map(({ name }) => name.length));

const HELP = `Usage: guardrails <command> [options]

Commands:
${COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`).join('\n')}

Options:
  -h, --help     Show this, or with a command its own help
  -v, --version  Show the version

Examples:
  guardrails check manifests/
  helm template . | guardrails check -
  guardrails map manifests/ --cni calico
  guardrails diff git:HEAD:manifests manifests
  guardrails check --help
`;

/** Runs the command line. The answer is the exit code. */
export async function main(args: string[], io: Io = processIo()): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === '--help' || name === '-h' || name === 'help') {
    io.stdout(HELP);
    return ExitCode.OK;
  }
  if (name === '--version' || name === '-v') {
    io.stdout(`${version()}\n`);
    return ExitCode.OK;
  }
  const entry = COMMANDS.find(command => command.name === name);
  if (!entry) {
    io.stderr(name === undefined ? HELP : `guardrails: unknown command ${name}. Run \`guardrails --help\` for the commands.\n`);
    return ExitCode.USAGE;
  }
  const command = entry.load();
  if (beforeTerminator(rest).some(arg => arg === '--help' || arg === '-h')) {
    io.stdout(command.help);
    return ExitCode.OK;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof GuardrailsError)) throw error;
    // Where the engine throws is nothing to who called a command.
    io.stderr(`guardrails ${entry.name}: ${error.message.replace(/^reach: /, '')}\nRun \`guardrails ${entry.name} --help\` for its options.\n`);
    return ExitCode.USAGE;
  }
}

/** What stands behind `--` are paths. */
function beforeTerminator(args: readonly string[]): readonly string[] {
  const end = args.indexOf('--');
  return end < 0 ? args : args.slice(0, end);
}
