/** What a command writes to. */
export interface Io {
  /** Whether data goes to a terminal that shows colours. */
  readonly color: boolean;
  /** Whether somebody watches stderr. */
  readonly interactive: boolean;
  /** Data: what was asked for. */
  stdout(text: string): void;
  /** All else. */
  stderr(text: string): void;
}

/** The process' own streams. */
export function processIo(): Io {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', ignoreClosedPipe);
  return {
    stdout: text => void process.stdout.write(text),
    stderr: text => void process.stderr.write(text),
    color: process.stdout.isTTY && process.env.NO_COLOR === undefined && process.env.TERM !== 'dumb',
    interactive: process.stderr.isTTY && process.env.CI === undefined,
  };
}

/** `guardrails check . | head` closes the pipe when it has read enough. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
