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
  /** Waits until more data can be taken; false once nobody reads it any more. Absent where writing never waits. */
  drain?(): Promise<boolean>;
}

/** The process' own streams. */
export function processIo(): Io {
  const { stdout } = process;
  for (const stream of [stdout, process.stderr]) stream.on('error', ignoreClosedPipe);
  return {
    drain: () => drained(stdout),
    stdout: text => void process.stdout.write(text),
    stderr: text => void process.stderr.write(text),
    color: process.stdout.isTTY && process.env.NO_COLOR === undefined && process.env.TERM !== 'dumb',
    interactive: process.stderr.isTTY && process.env.CI === undefined,
  };
}

/** A turn of the event loop at least: that a pipe was closed is known only then. */
function drained(stream: NodeJS.WriteStream): Promise<boolean> {
  return new Promise(resolve => {
    const answer = () => {
      for (const event of WAITED_FOR) stream.off(event, answer);
      resolve(stream.writable);
    };
    if (stream.writableNeedDrain) for (const event of WAITED_FOR) stream.on(event, answer);
    else setImmediate(answer);
  });
}

const WAITED_FOR = ['drain', 'close', 'error'];

/** `guardrails check . | head` closes the pipe when it has read enough. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}
