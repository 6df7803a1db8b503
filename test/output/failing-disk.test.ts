/** What is left of a result folder when the file system fails at any step of writing it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ExperimentResult } from '../../src/measure/experiment-result.js';
import { writeCollection, writeResults } from '../../src/output/folder/results-folder.js';
import { experimentFixture } from './experiment-fixture.js';

vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof fs>();
  return { ...real, rename: vi.fn(real.rename), writeFile: vi.fn(real.writeFile) };
});

const real = await vi.importActual<typeof fs>('node:fs/promises');
const former = experimentFixture();
/** Another version, one figure less: every file differs or goes. */
const next: ExperimentResult = {
  ...former,
  version: '0.2.0',
  figures: former.figures.slice(1),
  variants: former.variants.map((one) => ({ ...one, runs: one.runs.slice(1) })),
};

const WRITTEN_BY = 'offloadcage reproduce snort';
const placed = (result: ExperimentResult, folder: string) => ({
  result,
  folder,
  writtenBy: WRITTEN_BY,
});

let base: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'offloadcage-disk-'));
});

afterEach(() => {
  vi.mocked(fs.rename).mockImplementation(real.rename);
  vi.mocked(fs.writeFile).mockImplementation(real.writeFile);
  rmSync(base, { recursive: true, force: true });
});

const contents = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );

/** Makes the call of this number, from 0, fail; those before and after it work. */
function failAt(operation: 'rename' | 'writeFile', number: number, code: string): void {
  const failure = Object.assign(new Error(code), { code });
  let calls = 0;
  const fails = () => calls++ === number;
  if (operation === 'rename') {
    vi.mocked(fs.rename).mockImplementation(async (from, to) => {
      if (fails()) throw failure;
      await real.rename(from, to);
    });
  } else {
    vi.mocked(fs.writeFile).mockImplementation(async (path, data, options) => {
      await real.writeFile(path, fails() ? '' : data, options);
      if (calls === number + 1) throw failure;
    });
  }
}

/** Calls that a run takes which replaces the former one. */
async function callsOf(operation: 'rename' | 'writeFile'): Promise<number> {
  const folder = join(base, 'counted');
  await writeResults(placed(former, folder));
  const counted = vi.mocked(operation === 'rename' ? fs.rename : fs.writeFile);
  counted.mockClear();
  await writeResults(placed(next, folder));
  return counted.mock.calls.length;
}

describe.each([
  ['writeFile', 'ENOSPC', 1],
  ['writeFile', 'EIO', 1],
  ['rename', 'EPERM', 2],
  ['rename', 'ENOSPC', 1],
] as const)('%s failing with %s', (operation, code, exitCode) => {
  test('leaves the former results, and nothing else, whichever call fails', async () => {
    const calls = await callsOf(operation);
    expect(calls).toBeGreaterThan(next.variants.length + next.figures.length);
    const folder = join(base, 'results');
    await writeResults(placed(former, folder));
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    const before = contents(folder);
    for (let call = 0; call < calls; call++) {
      failAt(operation, call, code);
      await expect(writeResults(placed(next, folder))).rejects.toMatchObject({ exitCode });
      expect(contents(folder)).toEqual(before);
    }
  });

  test('of several folders leaves all as they were, whichever call fails', async () => {
    const write = (result: ExperimentResult, parent: string) =>
      writeCollection(
        ['a', 'b'].map((name) => ({ result, folder: join(parent, name), writtenBy: WRITTEN_BY })),
        { ...result, claims: result.claims.slice(0, result === next ? 1 : 2) },
        { parent, writtenBy: WRITTEN_BY },
      );
    const everything = (parent: string) => ({
      names: readdirSync(parent),
      claims: ['claims.csv', 'claims.md'].map((name) => readFileSync(join(parent, name), 'utf8')),
      folders: ['a', 'b'].map((name) => contents(join(parent, name))),
    });
    const counted = join(base, 'counted');
    await write(former, counted);
    const mocked = vi.mocked(operation === 'rename' ? fs.rename : fs.writeFile);
    mocked.mockClear();
    await write(next, counted);
    const calls = mocked.mock.calls.length;
    expect(calls).toBeGreaterThan(2 * (next.variants.length + next.figures.length));
    const parent = join(base, 'results');
    await write(former, parent);
    const before = everything(parent);
    for (let call = 0; call < calls; call++) {
      failAt(operation, call, code);
      await expect(write(next, parent)).rejects.toMatchObject({ exitCode });
      expect(everything(parent)).toEqual(before);
    }
  });

  test('leaves no folder that it made', async () => {
    for (const call of [0, 3]) {
      failAt(operation, call, code);
      await expect(writeResults(placed(next, join(base, 'a', 'b')))).rejects.toMatchObject({
        exitCode,
      });
      expect(readdirSync(base)).toEqual([]);
    }
  });
});

test('there is no descriptor while files are being replaced', async () => {
  const folder = join(base, 'results');
  await writeResults(placed(former, folder));
  const seen: string[][] = [];
  vi.mocked(fs.rename).mockImplementation(async (from, to) => {
    await real.rename(from, to);
    seen.push(readdirSync(folder));
  });
  await writeResults(placed(next, folder));
  expect(seen.pop()).toContain('datapackage.json');
  for (const names of seen) expect(names).not.toContain('datapackage.json');
});
