import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { compareTree, writeTree } from '../../src/manifests/write-tree';

let root: string;
beforeEach(() => { root = fs.mkdtempSync(join(tmpdir(), 'guardrails-tree-')); });
afterEach(() => {
  jest.restoreAllMocks();
  fs.rmSync(root, { recursive: true });
});

const tree = (files: Record<string, string>) => Object.entries(files).map(([path, text]) => ({ path, text }));
const put = (path: string, text: string) => {
  fs.mkdirSync(join(root, path, '..'), { recursive: true });
  fs.writeFileSync(join(root, path), text);
};
/** Every file below the root, without the index. */
const found = () => Object.fromEntries(fs.readdirSync(root, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile() && entry.name !== '.guardrails.sha256')
  .map(entry => [join(entry.parentPath, entry.name).slice(root.length + 1), fs.readFileSync(join(entry.parentPath, entry.name), 'utf8')])
  .sort());
const folders = () => fs.readdirSync(root, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isDirectory()).map(({ name }) => name).sort();

/** A process that writes the tree. */
function startWriting(files: object[], pause: number) {
  const script = join(__dirname, '../support/write-tree-child.ts');
  const child = spawn(process.execPath, ['-r', 'ts-node/register/transpile-only', script, root, String(pause)]);
  child.stdin.end(JSON.stringify(files));
  return child;
}

describe('writeTree', () => {
  test('adds, changes and removes its own files, says so, and leaves no empty folder', () => {
    expect(writeTree(root, tree({ 'a/one.yaml': '1', 'a/two.yaml': '2', 'b/c/three.yaml': '3' }))).toEqual({
      added: ['a/one.yaml', 'a/two.yaml', 'b/c/three.yaml'], changed: [], removed: [], unchanged: [], foreign: [],
    });
    expect(writeTree(root, tree({ 'a/one.yaml': '1', 'a/two.yaml': 'two', 'a/four.yaml': '4' }))).toEqual({
      added: ['a/four.yaml'], changed: ['a/two.yaml'], removed: ['b/c/three.yaml'], unchanged: ['a/one.yaml'], foreign: [],
    });
    expect(found()).toEqual({ 'a/one.yaml': '1', 'a/two.yaml': 'two', 'a/four.yaml': '4' });
    expect(folders()).toEqual(['a']);
  });

  test('touches nothing when all is as it should be', () => {
    writeTree(root, tree({ 'a.yaml': '1' }));
    const written = jest.spyOn(fs, 'renameSync');
    expect(writeTree(root, tree({ 'a.yaml': '1' })).unchanged).toEqual(['a.yaml']);
    expect(written).not.toHaveBeenCalled();
  });

  test('keeps an index that sha256sum reads', () => {
    writeTree(root, tree({ 'b.yaml': 'x', 'a.yaml': '' }));
    expect(fs.readFileSync(join(root, '.guardrails.sha256'), 'utf8')).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a.yaml\n' +
      '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881  b.yaml\n',
    );
  });

  test('never changes or removes a file of somebody else', () => {
    put('a/theirs.txt', 'theirs');
    writeTree(root, tree({ 'a/ours.yaml': '1' }));
    writeTree(root, []);
    expect(found()).toEqual({ 'a/theirs.txt': 'theirs' });
  });

  test('refuses to write over a file of somebody else, and changes nothing', () => {
    put('b.yaml', 'theirs');
    expect(() => writeTree(root, tree({ 'a.yaml': '1', 'b.yaml': '2' }))).toThrow(/b\.yaml: not written by this program.*Nothing was changed\.$/);
    expect(found()).toEqual({ 'b.yaml': 'theirs' });
  });

  test('takes a file of somebody else for its own when it is what it would write', () => {
    put('a.yaml', '1');
    expect(writeTree(root, tree({ 'a.yaml': '1' })).unchanged).toEqual(['a.yaml']);
    expect(writeTree(root, []).removed).toEqual(['a.yaml']);
  });

  test.each([['write over', { 'a.yaml': '2' }], ['remove', {}]])('refuses to %s what was changed by hand', (_, files) => {
    writeTree(root, tree({ 'a.yaml': '1' }));
    put('a.yaml', 'by hand');
    expect(() => writeTree(root, tree(files))).toThrow(/a\.yaml: .*changed since it was written/);
    expect(found()).toEqual({ 'a.yaml': 'by hand' });
  });

  test('refuses links, and files where it needs folders', () => {
    const outside = fs.mkdtempSync(join(tmpdir(), 'guardrails-outside-'));
    fs.symlinkSync(outside, join(root, 'link'));
    put('file', 'theirs');
    expect(() => writeTree(root, tree({ 'link/a.yaml': '1', 'file/b.yaml': '2' }))).toThrow(/file\/b\.yaml: not written.*link\/a\.yaml: not written/);
    expect(fs.readdirSync(outside)).toEqual([]);
    fs.rmSync(outside, { recursive: true });
  });

  test('names ten of many files that are in the way', () => {
    const names = Array.from({ length: 12 }, (_, index) => `${index}.yaml`);
    names.forEach(name => put(name, 'theirs'));
    expect(() => writeTree(root, names.map(path => ({ path, text: 'ours' })))).toThrow(/7\.yaml: not written by this program and 2 more/);
  });

  test('makes scripts executable, and again when they are not', () => {
    const script = { path: 'run.sh', text: '#!/bin/sh\n', executable: true };
    const isExecutable = () => (fs.statSync(join(root, 'run.sh')).mode % 0o200) >= 0o100;
    writeTree(root, [script]);
    expect(isExecutable()).toBe(true);
    fs.chmodSync(join(root, 'run.sh'), 0o644);
    expect(writeTree(root, [script]).changed).toEqual(['run.sh']);
    expect(isExecutable()).toBe(true);
  });

  test.each([
    ['../a.yaml'], ['/a.yaml'], ['a//b.yaml'], ['a/./b.yaml'], ['a:b.yaml'], ['a.'], ['a b'], [''], ['.guardrails.sha256'], ['a\\b'],
  ])('refuses the path %j', path => {
    expect(() => writeTree(root, [{ path, text: '' }])).toThrow('a path that some file systems do not take');
  });

  test('refuses two files that are one where case does not count, and a file that is a folder too', () => {
    expect(() => writeTree(root, tree({ 'a/B.yaml': '', 'A/b.yaml': '' }))).toThrow('also a/B.yaml');
    expect(() => writeTree(root, tree({ 'a': '', 'a/b.yaml': '' }))).toThrow('a file and a folder');
  });

  test('an index with the marks of a merge is told, and one with the lines of both sides is taken', () => {
    writeTree(root, tree({ 'a.yaml': '1' }));
    const mine = fs.readFileSync(join(root, '.guardrails.sha256'), 'utf8');
    put('.guardrails.sha256', `<<<<<<< HEAD\n${mine}`);
    expect(() => writeTree(root, [])).toThrow('.guardrails.sha256:1: given <<<<<<< HEAD; allowed: a hash, two blanks and a path.');
    put('.guardrails.sha256', `${mine}${'0'.repeat(64)}  a.yaml\n${'1'.repeat(64)}  gone.yaml\n`);
    expect(writeTree(root, []).removed).toEqual(['a.yaml']);
  });

  test('whatever trees follow each other, the last one is what is there, besides what others have', () => {
    const files = fc.dictionary(fc.constantFrom('a.yaml', 'b.yaml', 'x/a.yaml', 'x/y/a.yaml', 'z/a.yaml'), fc.constantFrom('1', '2'));
    fc.assert(fc.property(fc.array(files, { maxLength: 4 }), trees => {
      fs.rmSync(root, { recursive: true });
      put('x/theirs.txt', 'theirs');
      for (const each of trees) {
        const before = compareTree(root, tree(each));
        expect(writeTree(root, tree(each))).toEqual(before);
        expect(found()).toEqual({ ...each, 'x/theirs.txt': 'theirs' });
        expect(compareTree(root, tree(each)).unchanged).toEqual(Object.keys(each).sort());
      }
    }), { numRuns: 30 });
  });
});

describe('compareTree', () => {
  test('says what would be done and does none of it', () => {
    writeTree(root, tree({ 'a.yaml': '1', 'b.yaml': '1', 'c.yaml': '1', 'd.yaml': '1' }));
    put('d.yaml', 'by hand');
    put('e.yaml', 'theirs');
    const before = found();
    expect(compareTree(root, tree({ 'a.yaml': '1', 'b.yaml': '2', 'd.yaml': '2', 'e.yaml': '2', 'f.yaml': '2' }))).toEqual({
      added: ['f.yaml'],
      changed: ['b.yaml'],
      removed: ['c.yaml'],
      unchanged: ['a.yaml'],
      foreign: ['d.yaml: changed since it was written', 'e.yaml: not written by this program'],
    });
    expect(found()).toEqual(before);
  });

  test('a folder that is not there is empty', () => {
    expect(compareTree(join(root, 'none'), tree({ 'a.yaml': '1' })).added).toEqual(['a.yaml']);
    expect(fs.existsSync(join(root, 'none'))).toBe(false);
  });
});

describe('a run that does not come to its end', () => {
  const failing = (code: string, after: number) => {
    const write = fs.writeFileSync;
    let left = after;
    return jest.spyOn(fs, 'writeFileSync').mockImplementation((...args) => {
      if (left-- <= 0) throw Object.assign(new Error(`${code}: it broke`), { code });
      write(...args);
    });
  };

  test('on a full disk says what is done, leaves whole files, and the next run does the rest', () => {
    writeTree(root, tree({ 'a.yaml': '1', 'b.yaml': '1', 'old.yaml': '1' }));
    const next = tree({ 'a.yaml': '2', 'b.yaml': '2', 'c.yaml': '2' });
    // The lock, the index, and one file.
    failing('ENOSPC', 3);
    expect(() => writeTree(root, next)).toThrow(
      /ENOSPC: it broke.*1 of 4 files are done, each of them whole, and the others are as they were\. Run it again: it does the rest\.$/,
    );
    jest.restoreAllMocks();
    expect(found()).toEqual({ 'a.yaml': '2', 'b.yaml': '1', 'old.yaml': '1' });
    expect(writeTree(root, next)).toEqual({ added: ['c.yaml'], changed: ['b.yaml'], removed: ['old.yaml'], unchanged: ['a.yaml'], foreign: [] });
    expect(found()).toEqual({ 'a.yaml': '2', 'b.yaml': '2', 'c.yaml': '2' });
  });

  test('of which not even the index was written has changed nothing', () => {
    failing('ENOSPC', 1);
    expect(() => writeTree(root, tree({ 'a.yaml': '1' }))).toThrow(/No file was changed\.$/);
    expect(fs.readdirSync(root)).toEqual([]);
  });

  test('in a folder that cannot be written to has changed nothing', () => {
    failing('EROFS', 0);
    expect(() => writeTree(root, tree({ 'a.yaml': '1' }))).toThrow(/EROFS: it broke; allowed: a folder that can be written to\. Nothing was changed\.$/);
    expect(fs.readdirSync(root)).toEqual([]);
  });

  test('wrote the lists after what they name', () => {
    const order: string[] = [];
    const rename = fs.renameSync;
    jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
      order.push(String(to).slice(root.length + 1));
      rename(from, to);
    });
    writeTree(root, tree({ 'a/kustomization.yaml': '', 'a/z.yaml': '', 'b/kustomization.yaml': '', 'b/z.yaml': '' }));
    expect(order).toEqual(['.guardrails.sha256', 'a/z.yaml', 'b/z.yaml', 'a/kustomization.yaml', 'b/kustomization.yaml', '.guardrails.sha256']);
  });

  test('killed in the middle, leaves files from before or after, and the next run repairs', async () => {
    const paths = Array.from({ length: 300 }, (_, index) => `${index % 5}/${index}.yaml`);
    const before = paths.map(path => ({ path, text: `before ${path}\n`.repeat(50) }));
    const after = paths.slice(100).map(path => ({ path, text: `after ${path}\n`.repeat(50) }));
    writeTree(root, before);
    const child = startWriting(after, 5);
    const exit = new Promise(resolve => child.once('exit', (_, signal) => resolve(signal)));
    // In the first of five folders: once it has changed, most are still to be written, and a hundred to be removed.
    while (fs.readFileSync(join(root, '0/150.yaml'), 'utf8').startsWith('before')) await new Promise(resolve => setTimeout(resolve, 1));
    child.kill('SIGKILL');
    expect(await exit).toBe('SIGKILL');

    const texts = new Map(before.map(({ path, text }) => [path, [text]]));
    after.forEach(({ path, text }) => texts.get(path)!.push(text));
    const halves = Object.entries(found()).filter(([path, text]) => !path.startsWith('.guardrails') && !texts.get(path)!.includes(String(text)));
    expect(halves).toEqual([]);
    expect(fs.existsSync(join(root, '.guardrails.lock'))).toBe(true);

    const { added, foreign } = writeTree(root, after);
    expect([added, foreign]).toEqual([[], []]);
    expect(found()).toEqual(Object.fromEntries(after.map(({ path, text }) => [path, text])));
    expect(fs.readdirSync(root).filter(name => name.startsWith('.guardrails'))).toEqual(['.guardrails.sha256']);
  }, 30_000);
});

describe('two runs at once', () => {
  test('leave the tree of one of them, and the other is told or comes after', async () => {
    const trees = ['a', 'b'].map(text => Array.from({ length: 100 }, (_, index) => ({ path: `${index}.yaml`, text })));
    const runs = await Promise.all(trees.map(files => new Promise<{ code: number | null; said: string }>(resolve => {
      const child = startWriting(files, 1);
      let said = '';
      child.stderr.on('data', data => { said += String(data); });
      child.once('close', code => resolve({ code, said }));
    })));
    const failed = runs.filter(({ code }) => code !== 0);
    expect(failed.length).toBeLessThan(2);
    failed.forEach(({ said }) => expect(said).toContain('a tree that is being written by'));
    expect(new Set(Object.values(found())).size).toBe(1);
  }, 30_000);

  test('the second is told who is first, and changes nothing', () => {
    put('.guardrails.lock', `${process.ppid} ${hostname()}\n`);
    expect(() => writeTree(root, tree({ 'a.yaml': '1' }))).toThrow(`being written by process ${process.ppid} on ${hostname()}`);
    expect(fs.existsSync(join(root, 'a.yaml'))).toBe(false);
    expect(fs.existsSync(join(root, '.guardrails.lock'))).toBe(true);
  });

  test('a run on another machine is not taken for dead', () => {
    put('.guardrails.lock', '1 elsewhere\n');
    expect(() => writeTree(root, [])).toThrow(/process 1 on elsewhere; allowed: one run at a time\. Wait for it\. If there is no such run, delete/);
  });

  test('a run that was killed before it wrote who it is, is not waited for, unless it may have just begun', () => {
    put('.guardrails.lock', '');
    expect(() => writeTree(root, [])).toThrow('being written by another run, which has just begun');
    fs.utimesSync(join(root, '.guardrails.lock'), 0, 0);
    expect(writeTree(root, tree({ 'a.yaml': '1' })).added).toEqual(['a.yaml']);
  });

  test('a run that was killed is not waited for', () => {
    put('.guardrails.lock', `${2 ** 22 + 1} ${hostname()}\n`);
    expect(writeTree(root, tree({ 'a.yaml': '1' })).added).toEqual(['a.yaml']);
    expect(fs.existsSync(join(root, '.guardrails.lock'))).toBe(false);
  });
});
