import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Manifest } from './synth';

/** Runs an example as `cdk8s synth` does, and reads back what it wrote. */
export function synthExample(name: string): Manifest[] {
  const outdir = mkdtempSync(join(tmpdir(), 'guardrails-example-'));
  const before = process.env.CDK8S_OUTDIR;
  process.env.CDK8S_OUTDIR = outdir;
  try {
    jest.isolateModules(() => jest.requireActual(`../../examples/${name}/main`));
    return readdirSync(outdir).sort()
      .flatMap(file => parseAllDocuments(readFileSync(join(outdir, file), 'utf8')))
      .map(document => document.toJS() as Manifest);
  } finally {
    if (before === undefined) delete process.env.CDK8S_OUTDIR;
    else process.env.CDK8S_OUTDIR = before;
    rmSync(outdir, { recursive: true, force: true });
  }
}
