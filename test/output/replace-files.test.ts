import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OutputError } from '../../src/output/folder/output-error.js';
import { checkWritable } from '../../src/output/folder/replace-files.js';

let base: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'offloadcage-replace-'));
});

afterEach(() => rmSync(base, { recursive: true, force: true }));

describe('checkWritable', () => {
  test('accepts what can be written or made, and leaves nothing behind', async () => {
    await checkWritable(base);
    await checkWritable(join(base, 'a', 'b'));
    expect(readdirSync(base)).toEqual([]);
  });

  test('refuses a file, a folder below a file, and an empty path', async () => {
    const file = join(base, 'file');
    writeFileSync(file, '');
    for (const folder of [file, join(file, 'results'), '']) {
      const refusal = checkWritable(folder);
      await expect(refusal).rejects.toThrow(OutputError);
      await expect(refusal).rejects.toMatchObject({ exitCode: 2 });
    }
  });
});
