import type { Io } from './io';

/** Nobody wants to see progress of what is over at once. */
const QUIET_MS = 1000;
const STEP_MS = 100;

/** Shows how far something is, on a terminal and once it takes long. */
export class Progress {
  private readonly start = performance.now();
  private shown = 0;

  constructor(private readonly io: Io) {}

  update(words: string): void {
    const now = performance.now();
    if (!this.io.interactive || now - this.start < QUIET_MS || now - this.shown < STEP_MS) return;
    this.shown = now;
    this.io.stderr(`\r\u001b[K${words}`);
  }

  /** Clears the line. */
  done(): void {
    if (this.shown > 0) this.io.stderr('\r\u001b[K');
  }
}
