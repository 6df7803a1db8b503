import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultFolder, refuseMixing, refuseResultFolder } from '../../src/cli/output-folder.js';
import { findExperiment } from '../../src/experiments/catalog.js';

const snort = findExperiment('snort');
const whole = [
  'datapackage.json',
  'summary.csv',
  'claims.csv',
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

describe('defaultFolder', () => {
  test('is named by the experiment, and by the variants if they were chosen', () => {
    expect(defaultFolder('snort', [])).toBe(join('results', 'snort'));
    expect(defaultFolder('snort', ['a', 'b'])).toBe(join('results', 'snort-a-b'));
  });
});

describe('refuseMixing', () => {
  test('accepts a folder that is not there, or that the run replaces as a whole', async () => {
    await expect(refuseMixing(join(folder, 'new'), snort)).resolves.toBeUndefined();
    fill(whole);
    await expect(refuseMixing(folder, snort)).resolves.toBeUndefined();
  });

  test('refuses a part over a whole, of variants and of figures', async () => {
    fill(whole);
    const [variant] = snort.variants;
    await expect(refuseMixing(folder, snort, [variant?.id ?? ''])).rejects.toThrow(/another run/);
    await expect(refuseMixing(folder, findExperiment('fig4'))).rejects.toThrow(/figure-5\.svg/);
  });

  test('does not mind the files of other programs', async () => {
    fill(['addresses.csv', 'logo.svg']);
    await expect(refuseMixing(folder, snort)).resolves.toBeUndefined();
  });
});

describe('refuseResultFolder', () => {
  test('accepts a folder that is not there, or that holds folders of results', async () => {
    await expect(refuseResultFolder(join(folder, 'new'))).resolves.toBeUndefined();
    fill(['claims.csv', 'notes.txt']);
    await expect(refuseResultFolder(folder)).resolves.toBeUndefined();
  });

  test('refuses one that holds the results of an experiment itself', async () => {
    fill(whole);
    await expect(refuseResultFolder(folder)).rejects.toThrow(/results of one experiment/);
  });
});
