import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Folder, guardrails, TENANTS } from './support';
import type { Io } from '../../src/cli/io';
import { writeOutput, writeText } from '../../src/cli/write-output';

const folder = new Folder();
const said: string[] = [];
const io: Io = { stdout: text => void said.push(text), stderr: text => void said.push(text), color: false, interactive: false };
const large = 'x'.repeat(200_000);

function* failing(): Generator<string> {
  yield large;
  throw new Error('in the middle');
}

describe('an output that fails in the middle', () => {
  test('leaves the file that is there', async () => {
    const file = folder.put('there/map.txt', 'as it was');
    await expect(writeOutput(failing(), file, io)).rejects.toThrow('in the middle');
    expect(readFileSync(file, 'utf8')).toBe('as it was');
    expect(readdirSync(dirname(file))).toEqual(['map.txt']);
  });

  test('leaves no file where none was', async () => {
    mkdirSync(folder.at('none'));
    await expect(writeOutput(failing(), folder.at('none/map.txt'), io)).rejects.toThrow('in the middle');
    expect(readdirSync(folder.at('none'))).toEqual([]);
  });
});

describe('an output', () => {
  test('takes the place of a file, with its mode', async () => {
    const file = folder.put('mode/map.txt', 'as it was');
    chmodSync(file, 0o640);
    await writeOutput([large, 'y'], file, io);
    expect(readFileSync(file, 'utf8')).toBe(`${large}y`);
    expect(statSync(file).mode % 0o1000).toBe(0o640);
    expect(readdirSync(dirname(file))).toEqual(['map.txt']);
  });

  test('goes where a link leads, be it there or not, and the link stays', async () => {
    const file = folder.put('linked/map.txt', 'as it was');
    for (const [link, target] of [['old', file], ['new', folder.at('linked/new.txt')]] as const) {
      symlinkSync(target, folder.at(link));
      await writeOutput(['text'], folder.at(link), io);
      expect(readFileSync(target, 'utf8')).toBe('text');
      expect(lstatSync(folder.at(link)).isSymbolicLink()).toBe(true);
    }
  });

  test('goes through a pipe', async () => {
    const pipe = folder.at('pipe');
    execFileSync('mkfifo', [pipe]);
    const reader = spawn('cat', [pipe]);
    const read: Buffer[] = [];
    reader.stdout.on('data', (chunk: Buffer) => read.push(chunk));
    const ended = new Promise(resolve => reader.on('close', resolve));
    await writeOutput(['through ', 'the pipe'], pipe, io);
    await ended;
    expect(Buffer.concat(read).toString()).toBe('through the pipe');
  });

  test('to a device writes to it', () => {
    writeText('nothing', '/dev/null', io);
    expect(lstatSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});

describe('a file that cannot be read or written is told in words', () => {
  const path = folder.put('words/all.yaml', TENANTS);
  const words = join(folder.path, 'words');

  test.each<[string[], string]>([
    [['map', path, '--output', words], `--output ${words}: it is a folder`],
    [['map', path, '--output', join(path, 'below')], `--output ${join(path, 'below')}: a part of the path is a file, not a folder`],
    [['diff', path, path, '--output', '/nowhere/at/all'], '--output /nowhere/at/all: there is no folder /nowhere/at'],
    [['test', path, '--spec', '/nowhere.yaml'], '--spec /nowhere.yaml: there is no such file'],
    [['test', path, '--spec', words], `--spec ${words}: it is a folder`],
    [['test', path, '--spec', path], `--spec ${path}: one document is expected, and there are 6`],
    [['test', path, '--init', '--spec', path], `--spec ${path}: it is there already`],
    [['map', path, '--target', words], `--target ${words}: it is a folder`],
    [['init', path], `${path}: it is a file`],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await guardrails(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`${message}\n`);
  });
});
