import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writePieces } from '../../src/output/folder/write-pieces.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offloadcage-trace-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function* pieces(...texts: string[]) {
  yield* texts;
}

const never = new AbortController().signal;
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

test('writes all pieces, and replaces what was there', async () => {
  const path = join(folder, 'a.json');
  writeFileSync(path, 'former');
  expect(await writePieces(path, pieces('one ', '', 'two'), never)).toBe(7);
  expect(read('a.json')).toBe('one two');
  expect(readdirSync(folder)).toEqual(['a.json']);
});

test('compresses a file that is called so', async () => {
  const text = 'again and '.repeat(1000);
  const path = join(folder, 'a.json.gz');
  const bytes = await writePieces(path, pieces(text, text), never);
  const file = readFileSync(path);
  expect(file.length).toBe(bytes);
  expect(file.length).toBeLessThan(text.length / 10);
  expect(gunzipSync(file).toString()).toBe(text + text);
});

test('writes through a link', async () => {
  writeFileSync(join(folder, 'real'), 'former');
  symlinkSync(join(folder, 'real'), join(folder, 'link'));
  await writePieces(join(folder, 'link'), pieces('new'), never);
  expect(read('real')).toBe('new');
});

test('never replaces a device', async () => {
  await writePieces('/dev/null', pieces('gone'), never);
  expect(readFileSync('/dev/null', 'utf8')).toBe('');
});

test('leaves the former file, and nothing else, if the run fails', async () => {
  const path = join(folder, 'a.json');
  writeFileSync(path, 'former');
  async function* failing() {
    yield 'new';
    throw new Error('out of order');
  }
  await expect(writePieces(path, failing(), never)).rejects.toThrow('out of order');
  expect(read('a.json')).toBe('former');
  expect(readdirSync(folder)).toEqual(['a.json']);
});

test('leaves the former file, and nothing else, if it is interrupted', async () => {
  const path = join(folder, 'a.json');
  writeFileSync(path, 'former');
  const controller = new AbortController();
  async function* endless() {
    for (let i = 0; ; i++) {
      yield 'new';
      if (i === 100) controller.abort(new Error('stopped'));
    }
  }
  await expect(writePieces(path, endless(), controller.signal)).rejects.toThrow('stopped');
  expect(read('a.json')).toBe('former');
  expect(readdirSync(folder)).toEqual(['a.json']);
});

test.each([
  ['a folder', 'there'],
  ['a name that ends as a folder', 'new/'],
  ['no name', ''],
  ['a folder that is not there', 'none/a.json'],
  ['a file in the place of a folder', 'file/a.json'],
])('refuses %s', async (_, name) => {
  mkdirSync(join(folder, 'there'));
  writeFileSync(join(folder, 'file'), '');
  const path = name === '' ? '' : `${folder}/${name}`;
  const writing = writePieces(path, pieces('x'), never);
  await expect(writing).rejects.toMatchObject({ exitCode: 2 });
  await expect(writing).rejects.toThrow(/allowed: a file in a folder that can be written/);
  expect(readdirSync(folder).sort()).toEqual(['file', 'there']);
});
