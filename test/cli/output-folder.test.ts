import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  defaultFolder,
  refuseMixing,
  refuseOtherFiles,
  refuseResultFolder,
} from '../../src/cli/output-folder.js';
import { findExperiment } from '../../src/experiments/catalog.js';

const snort = findExperiment('snort');
const whole = [
  'summary.csv',
  'claims.csv',
  'breakdown.csv',
  'counters.csv',
  ...snort.variants.map(({ id }) => `${id}.csv`),
  ...snort.figures.map(({ number }) => `figure-${number}.svg`),
];

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offloadcage-folder-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function fill(names: readonly string[]): void {
  for (const name of names) writeFileSync(join(folder, name), '');
}

/** A folder of results that the tool has written. */
function fillWithResults(names: readonly string[]): void {
  fill(names);
  const resources = names.map((path) => ({ path }));
  const descriptor = JSON.stringify({ name: snort.id, offloadcage: {}, resources });
  writeFileSync(join(folder, 'datapackage.json'), descriptor);
}

describe('defaultFolder', () => {
  test('is named by the experiment, and by the variants if they were chosen', () => {
    expect(defaultFolder('snort', [])).toBe(join('results', 'snort'));
    expect(defaultFolder('snort', ['a', 'b'])).toBe(join('results', 'snort-a-b'));
  });
});

describe('refuseMixing', () => {
  test('accepts a folder that is not there, or that the run replaces as a whole', async () => {
    await expect(refuseMixing(join(folder, 'new'), snort)).resolves.toBeUndefined();
    await expect(refuseMixing(folder, snort)).resolves.toBeUndefined();
    fillWithResults(whole);
    await expect(refuseMixing(folder, snort)).resolves.toBeUndefined();
  });

  test('refuses a part over a whole, of variants and of figures', async () => {
    fillWithResults(whole);
    const [variant] = snort.variants;
    await expect(refuseMixing(folder, snort, [variant?.id ?? ''])).rejects.toThrow(/another run/);
    await expect(refuseMixing(folder, findExperiment('fig4'))).rejects.toThrow(/figure-5\.svg/);
  });

  test('does not mind the files of other programs', async () => {
    fill(['addresses.csv', 'logo.svg']);
    await expect(refuseMixing(folder, snort)).resolves.toBeUndefined();
  });

  test('refuses to replace them', async () => {
    fill(['addresses.csv', 'summary.csv', 'figure-4.svg']);
    await expect(refuseMixing(folder, snort)).rejects.toThrow(
      /with figure-4\.svg, summary\.csv that this tool has not written; allowed: a new or empty/,
    );
  });

  test.each(['not JSON', '{"name":"snort","resources":[]}', '{"name":"snort","offloadcage":null}'])(
    'refuses to replace the data package of another program: %s',
    async (text) => {
      writeFileSync(join(folder, 'datapackage.json'), text);
      await expect(refuseMixing(folder, snort)).rejects.toThrow(/with datapackage\.json that/);
    },
  );

  test('refuses to replace what the data package does not list', async () => {
    fillWithResults(whole.filter((name) => name !== 'summary.csv'));
    fill(['summary.csv']);
    await expect(refuseMixing(folder, snort)).rejects.toThrow(/with summary\.csv that/);
  });
});

describe('refuseResultFolder', () => {
  test('accepts a folder that is not there, or that holds folders of results', async () => {
    await expect(refuseResultFolder(join(folder, 'new'))).resolves.toBeUndefined();
    fill(['claims.csv', 'notes.txt']);
    await expect(refuseResultFolder(folder)).resolves.toBeUndefined();
  });

  test('refuses one that holds the results of an experiment itself', async () => {
    fillWithResults(whole);
    await expect(refuseResultFolder(folder)).rejects.toThrow(/results of one experiment/);
  });
});

describe('refuseOtherFiles', () => {
  const files = { 'claims.csv': 'claim,figure,unit', 'claims.md': '# Claims' };
  const refusal = () => refuseOtherFiles(folder, files);

  test('accepts what begins as our own, also of a version with fewer or more columns', async () => {
    await expect(refusal()).resolves.toBeUndefined();
    for (const header of ['claim,figure', 'claim,figure,unit', 'claim,figure,unit,role']) {
      writeFileSync(join(folder, 'claims.csv'), `${header}\r\nS1,4\r\n`);
      await expect(refusal()).resolves.toBeUndefined();
    }
  });

  test('refuses what begins otherwise', async () => {
    writeFileSync(join(folder, 'claims.csv'), 'insurance,amount\n');
    writeFileSync(join(folder, 'claims.md'), '# Claims\n');
    await expect(refusal()).rejects.toThrow(/with claims\.csv that this tool has not written/);
  });
});
