/** A file that is written whole or not at all. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeAnew } from '../../src/cli/output/new-file.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offloadcage-new-file-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

test('replaces what was there, and leaves nothing else', async () => {
  for (const content of ['one', 'two']) await writeAnew(folder, 'x.svg', content);
  expect(readdirSync(folder)).toEqual(['x.svg']);
  expect(readFileSync(join(folder, 'x.svg'), 'utf8')).toBe('two');
});

test('names the file that cannot be written, and leaves nothing of it', async () => {
  mkdirSync(join(folder, 'x.svg/below'), { recursive: true });
  await expect(writeAnew(folder, 'x.svg', 'one')).rejects.toMatchObject({
    message: expect.stringContaining(`${join(folder, 'x.svg')}: cannot write: `),
    exitCode: 2,
  });
  expect(readdirSync(folder)).toEqual(['x.svg']);
  await expect(writeAnew(join(folder, 'no'), 'y.svg', 'one')).rejects.toThrow('no such place');
});
