import fs from 'node:fs';
import { writeTree } from '../../src/manifests/write-tree';

// Writes the files that stand on standard input, one every few milliseconds, so that a test has the time to kill it.
const [root, pause] = process.argv.slice(2);
const rename = fs.renameSync;
fs.renameSync = (from, to) => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(pause));
  rename(from, to);
};
writeTree(root!, JSON.parse(fs.readFileSync(0, 'utf8')));
