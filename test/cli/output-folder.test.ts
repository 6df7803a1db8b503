import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  checkCollectionFolder,
  checkResultFolder,
  defaultFolder,
} from '../../src/cli/output/output-folder.js';
import { findExperiment } from '../../src/files/experiment-catalog.js';
import { leftoversIn } from '../../src/output/folder/descriptor.js';

const snort = findExperiment('snort');
const whole = [
  'summary.csv',
  'claims.csv',
  'breakdown.csv',
  'counters.csv',
  ...snort.variants.map(({ id }) => `${id}.csv`),
  ...snort.figures.map(({ number }) => `figure-${number}.svg`),
];
const OURS = 'offloadcage run ../../my.yaml';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offloadcage-folder-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function fill(names: readonly string[]): void {
  for (const name of names) writeFileSync(join(folder, name), '');
}

/** A folder of results that the tool has written. */
function fillWithResults(names: readonly string[], writtenBy?: string): void {
  fill(names);
  const resources = names.map((path) => ({ path }));
  const offloadcage = { written_by: writtenBy };
  const descriptor = JSON.stringify({ name: snort.id, offloadcage, resources });
  writeFileSync(join(folder, 'datapackage.json'), descriptor);
}

const KINDS = { pictures: ['svg'], hasCrate: false } as const;

const check = (writtenBy = OURS, chosen: readonly string[] = [], definition = snort) =>
  checkResultFolder(folder, definition, chosen, KINDS, writtenBy);

describe('defaultFolder', () => {
  test('is named by the experiment, and by the variants if they were chosen', () => {
    expect(defaultFolder('snort', [])).toBe(join('results', 'snort'));
    expect(defaultFolder('snort', ['a', 'b'])).toBe(join('results', 'snort-a-b'));
  });

  test('and by what was set, whatever signs and however many letters that has', () => {
    expect(defaultFolder('snort', ['a'], ['vm1.weight=2', 'x=../a b'])).toBe(
      join('results', 'snort-vm1.weight=2-x=.._a_b-a'),
    );
    expect(defaultFolder('snort', [], [`x=${'y'.repeat(300)}`]).length).toBeLessThan(200);
  });
});

describe('a folder of results', () => {
  test('may be new, empty, or written by the same command line', async () => {
    const fresh = checkResultFolder(join(folder, 'new'), snort, [], KINDS, OURS);
    await expect(fresh).resolves.toBeUndefined();
    await expect(check()).resolves.toBeUndefined();
    fillWithResults(whole, OURS);
    await expect(check()).resolves.toBeUndefined();
  });

  test('may have held variants and figures of other names: they are left over', async () => {
    fillWithResults([...whole, 'renamed.csv', 'figure-99.svg'], OURS);
    fill(['notes.txt', 'mine.csv']);
    await expect(check()).resolves.toBeUndefined();
    const files = whole.map((name) => ({ name, content: '' }));
    expect(await leftoversIn(folder, files)).toEqual([
      'renamed.csv',
      'figure-99.svg',
      'datapackage.json',
    ]);
  });

  test('may have held some of the variants, but not all where some are asked for', async () => {
    fillWithResults(whole, `${OURS} --variant offload`);
    await expect(check()).resolves.toBeUndefined();
    fillWithResults(whole, OURS);
    await expect(check(`${OURS} --variant offload`, ['offload'])).rejects.toThrow(/got files/);
  });

  test.each([
    ['another definition of the same id', 'offloadcage run ../../other.yaml'],
    ['the shipped experiment', 'offloadcage reproduce snort'],
  ])('is refused after %s', async (_, theirs) => {
    fillWithResults(whole, theirs);
    await expect(check()).rejects.toThrow(
      `${folder}: got files written by \`${theirs}\`; ` +
        'allowed: another name or folder, or --force to replace it',
    );
  });

  test('is refused if it does not say who wrote it', async () => {
    fillWithResults(whole);
    await expect(check()).rejects.toThrow(/breakdown\.csv.* and \d+ more not written by this/);
  });

  test('may have files of other programs, which are not replaced', async () => {
    fill(['addresses.csv', 'logo.svg', 'offloadcage.yaml']);
    await expect(check()).resolves.toBeUndefined();
    fill(['summary.csv', 'figure-4.svg']);
    await expect(check()).rejects.toThrow(
      /: got figure-4\.svg, summary\.csv not written by this command line; allowed: /,
    );
  });

  test('is refused with a file to write that its data package does not list', async () => {
    fillWithResults(
      whole.filter((name) => name !== 'summary.csv'),
      OURS,
    );
    await expect(check()).resolves.toBeUndefined();
    fill(['summary.csv']);
    await expect(check()).rejects.toThrow(/got summary\.csv not written by/);
  });

  test.each(['not JSON', '{"name":"snort","resources":[]}', '{"name":"snort","offloadcage":null}'])(
    'is refused with the data package of another program: %s',
    async (text) => {
      writeFileSync(join(folder, 'datapackage.json'), text);
      await expect(check()).rejects.toThrow(/got datapackage\.json not written by/);
    },
  );
});

describe('a folder of all experiments', () => {
  const checkAll = () => checkCollectionFolder(folder, 'offloadcage reproduce all');
  const verdicts = (writtenBy: string) =>
    writeFileSync(join(folder, 'claims.md'), `# Claims\n<!-- {"written_by":"${writtenBy}"} -->\n`);

  test('may be new, have been written by the same command line, or hold other files', async () => {
    await expect(checkCollectionFolder(join(folder, 'new'), '')).resolves.toBeUndefined();
    fill(['notes.txt']);
    await expect(checkAll()).resolves.toBeUndefined();
    fill(['claims.csv']);
    verdicts('offloadcage reproduce all');
    await expect(checkAll()).resolves.toBeUndefined();
  });

  test('is refused with claims of others', async () => {
    fill(['claims.csv']);
    await expect(checkAll()).rejects.toThrow(/got claims\.csv not written by this command line/);
    verdicts('offloadcage reproduce some');
    await expect(checkAll()).rejects.toThrow(/got files written by `offloadcage reproduce some`/);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  test('is refused if it holds the results of an experiment itself', async () => {
    fillWithResults(whole, OURS);
    await expect(checkAll()).rejects.toThrow(/results of one experiment/);
  });
});
