/** What `--watch` makes of changes, round by round. */
import { mkdtempSync, realpathSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { InputError } from '../../src/base/input-error.js';
import { runAtChanges } from '../../src/cli/watch.js';
import type { DefinitionFiles } from '../../src/files/definition-files.js';

// A change that is not seen is waited for without end.
vi.setConfig({ testTimeout: 10_000 });

let folder: string;
let file: string;
const said: string[] = [];
let told = '';
const { exitCode } = process;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'offloadcage-rounds-')));
  file = join(folder, 'mine.yaml');
  writeFileSync(file, 'one');
  [told, said.length] = ['', 0];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    told += text;
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = exitCode;
  rmSync(folder, { recursive: true });
});

/** Once the command waits for a change. */
const soon = (change: () => void) => void setTimeout(change, 20);

/** Does one round after the other, and stops it when there are no more. */
async function watch(...rounds: ((files: DefinitionFiles) => void)[]): Promise<unknown> {
  const left = [...rounds];
  const end = runAtChanges(
    file,
    (line) => {
      said.push(line);
      if (left.length === 0) soon(() => process.emit('SIGINT', 'SIGINT'));
    },
    async (files) => left.shift()?.(files),
  );
  return end.catch((error) => error);
}

test('tells wrong input after the first round, and leaves off at what is none', async () => {
  const defect = new TypeError('no matter of input');
  const codes: unknown[] = [];
  const end = await watch(
    () => soon(() => writeFileSync(file, 'wrong')),
    () => {
      soon(() => writeFileSync(file, 'right again'));
      throw new InputError('mine.yaml: got wrong');
    },
    () => {
      codes.push(process.exitCode, told);
      soon(() => writeFileSync(file, 'a defect'));
    },
    () => {
      codes.push(process.exitCode);
      throw defect;
    },
  );
  expect(end).toBe(defect);
  expect(codes).toEqual([2, 'offloadcage: mine.yaml: got wrong\n', 0]);
  const watching = `watching ${file}; Ctrl-C ends`;
  const changed = `${file} has changed`;
  expect(said).toEqual([watching, changed, watching, changed, watching, changed]);
});

test('leaves off at once where the first round is wrong', async () => {
  const wrong = new InputError('mine.yaml: got wrong');
  const end = watch(() => {
    throw wrong;
  });
  expect(await end).toBe(wrong);
  expect([told, said]).toEqual(['', []]);
});

test('sees what changes while a round runs, even if the round reads it again', async () => {
  const log = join(folder, 'log.csv');
  const read = (files: DefinitionFiles) => files.recording('log.csv', folder, () => {});
  const end = await watch(
    (files) => {
      read(files);
      writeFileSync(log, 'time_s\n0.01\n');
      read(files);
    },
    () => {},
  );
  expect(end).toMatchObject({ exitCode: 130 });
  expect(said.slice(0, 2)).toEqual(['watching 2 files; Ctrl-C ends', `${log} has changed`]);
});

test('waits until a file that is being written stays as it is', async () => {
  let written = 0;
  const seen: number[] = [];
  await watch(
    () => {
      const writing = setInterval(() => {
        writeFileSync(file, 'x'.repeat(++written));
        if (written === 12) clearInterval(writing);
      }, 60);
    },
    () => void seen.push(written),
  );
  expect(seen).toEqual([12]);
});

test.each<[string, (at: Date) => void]>([
  [
    'size alone',
    (at) => {
      writeFileSync(file, 'of another size');
      utimesSync(file, at, at);
    },
  ],
  [
    'place on the disk alone',
    (at) => {
      writeFileSync(`${file}~`, 'two');
      utimesSync(`${file}~`, at, at);
      renameSync(`${file}~`, file);
    },
  ],
])('sees a change of %s', async (_, change) => {
  const at = new Date('2010-10-01');
  utimesSync(file, at, at);
  await watch(
    () => soon(() => change(at)),
    () => {},
  );
  expect(said[1]).toBe(`${file} has changed`);
});
