import type { ExitCode } from './exit-code';
import type { Io } from './io';

/** A subcommand of `guardrails`. */
export interface Command {
  /** What `guardrails <name> --help` prints. */
  readonly help: string;
  /** @throws UsageError for arguments that it does not understand */
  run(args: string[], io: Io): ExitCode | Promise<ExitCode>;
}

/** A subcommand before it is loaded: each loads only what it needs. */
export interface CommandEntry {
  readonly name: string;
  /** In a line. */
  readonly summary: string;
  load(): Command;
}
