import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OutputError, outputErrorOf } from '../../src/output/folder/output-error.js';
import { writeCollection, writeResults } from '../../src/output/folder/results-folder.js';
import { experimentFixture } from './experiment-fixture.js';

const fixture = experimentFixture();
const names = [
  'breakdown.csv',
  'claims.csv',
  'counters.csv',
  'datapackage.json',
  'figure-4.svg',
  'figure-5.svg',
  'figure-6.svg',
  'figure-7.svg',
  'no-offload.csv',
  'offload.csv',
  'offloadcage.csv',
  'summary.csv',
];

const writtenBy = 'offloadcage reproduce snort';

let base: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'offloadcage-output-'));
});

afterEach(() => rmSync(base, { recursive: true, force: true }));

const contents = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );

describe('writeResults', () => {
  test('makes the folder and returns the paths of what it holds', async () => {
    const folder = join(base, 'results', 'snort');
    const files = await writeResults({ result: fixture, folder: folder, writtenBy });
    expect(readdirSync(folder).sort()).toEqual(names);
    expect([...files].sort()).toEqual(names.map((name) => join(folder, name)));
  });

  test('writes the same bytes again', async () => {
    await writeResults({ result: fixture, folder: join(base, 'a'), writtenBy });
    await writeResults({ result: experimentFixture(), folder: join(base, 'b'), writtenBy });
    await writeResults({ result: experimentFixture(), folder: join(base, 'b'), writtenBy });
    expect(contents(join(base, 'b'))).toEqual(contents(join(base, 'a')));
  });

  test('removes what a former run wrote and this one has not', async () => {
    await writeResults({ result: fixture, folder: base, writtenBy });
    writeFileSync(join(base, 'notes.csv'), 'mine');
    const [first] = fixture.variants;
    const variants = first === undefined ? [] : [first];
    await writeResults({ result: { ...fixture, variants, figures: [] }, folder: base, writtenBy });
    expect(readdirSync(base).sort()).toEqual([
      'breakdown.csv',
      'claims.csv',
      'counters.csv',
      'datapackage.json',
      'notes.csv',
      'offloadcage.csv',
      'summary.csv',
    ]);
  });

  test.each<[string, object]>([
    ['of another tool', { name: 'snort', resources: [{ path: 'x.csv' }] }],
    ['that reaches outside', { name: 'snort', offloadcage: {}, resources: [{ path: '../x.csv' }] }],
    ['that is none', { resources: 5 }],
  ])('removes nothing by a descriptor %s', async (_, descriptor) => {
    const folder = join(base, 'results');
    mkdirSync(folder);
    for (const path of [base, folder]) writeFileSync(join(path, 'x.csv'), 'mine');
    writeFileSync(join(folder, 'datapackage.json'), JSON.stringify(descriptor));
    await writeResults({ result: fixture, folder: folder, writtenBy });
    expect(existsSync(join(folder, 'x.csv'))).toBe(true);
    expect(existsSync(join(base, 'x.csv'))).toBe(true);
  });

  test('leaves everything as it was if a file cannot be replaced', async () => {
    mkdirSync(join(base, 'summary.csv'));
    writeFileSync(join(base, 'claims.csv'), 'old');
    await expect(writeResults({ result: fixture, folder: base, writtenBy })).rejects.toThrow(
      /summary\.csv: cannot write/,
    );
    expect(readdirSync(base).sort()).toEqual(['claims.csv', 'summary.csv']);
    expect(readFileSync(join(base, 'claims.csv'), 'utf8')).toBe('old');
  });

  test('refuses two results in one file before it writes', async () => {
    const variants = fixture.variants.map((one) => ({ ...one, id: 'summary' }));
    const folder = join(base, 'new');
    await expect(
      writeResults({ result: { ...fixture, variants }, folder: folder, writtenBy }),
    ).rejects.toThrow(OutputError);
    expect(existsSync(folder)).toBe(false);
  });

  test('names the path if a part of it is a file', async () => {
    writeFileSync(join(base, 'file'), '');
    const folder = join(base, 'file', 'results');
    await expect(
      writeResults({ result: fixture, folder: folder, writtenBy }),
    ).rejects.toMatchObject({ exitCode: 2 });
    await expect(writeResults({ result: fixture, folder: folder, writtenBy })).rejects.toThrow(
      folder,
    );
  });
});

describe('writeCollection', () => {
  const other = { ...fixture, id: 'other' };
  const placed = () => [
    { result: fixture, folder: join(base, 'snort'), writtenBy },
    { result: other, folder: join(base, 'other'), writtenBy },
  ];

  test('writes each result as it is written alone, and all claims above', async () => {
    await writeResults({ result: fixture, folder: join(base, 'alone'), writtenBy });
    const parent = join(base, 'all');
    const folder = join(parent, 'snort');
    const { byResult, own } = await writeCollection(
      [{ result: fixture, folder, writtenBy }],
      { claims: [], unjudged: [] },
      { parent, writtenBy: 'offloadcage reproduce all' },
    );
    expect(contents(folder)).toEqual(contents(join(base, 'alone')));
    expect(byResult.map((files) => files.map((file) => basename(file)).sort())).toEqual([names]);
    const verdicts = readFileSync(join(parent, 'claims.md'), 'utf8');
    expect(verdicts).toContain('"written_by":"offloadcage reproduce all"');
    expect(own).toEqual([join(parent, 'claims.csv'), join(parent, 'claims.md')]);
    expect(readdirSync(parent).sort()).toEqual(['claims.csv', 'claims.md', 'snort']);
  });

  test('writes nothing at all if one of the folders cannot be written', async () => {
    writeFileSync(join(base, 'other'), 'a file');
    const writing = writeCollection(placed(), fixture, { parent: base, writtenBy });
    await expect(writing).rejects.toThrow(`${join(base, 'other')}: cannot write`);
    expect(readdirSync(base)).toEqual(['other']);
  });
});

describe('outputErrorOf', () => {
  const failure = (code: string) => Object.assign(new Error('a\nb'), { code });

  test.each<[string, number, RegExp]>([
    ['EACCES', 2, /permission denied/],
    ['EROFS', 2, /read-only/],
    ['ENOTDIR', 2, /no folder/],
    ['ENOSPC', 1, /disk is full/],
    ['EDQUOT', 1, /quota/],
    ['EFBIG', 1, /larger than is allowed/],
    ['EIO', 1, /disk failed/],
    ['ENAMETOOLONG', 2, /name is too long/],
    ['ELOOP', 2, /symbolic links/],
  ])('%s has exit code %i and one line with the path', (code, exitCode, message) => {
    const error = outputErrorOf(failure(code), 'out/x');
    expect(error).toBeInstanceOf(OutputError);
    expect(error).toMatchObject({ exitCode });
    expect(String(error)).toMatch(message);
    expect(String(error)).toMatch(/^OutputError: out\/x: .*$/);
  });

  test('passes on what it does not know', () => {
    const error = new TypeError('a defect');
    expect(outputErrorOf(error, 'out')).toBe(error);
  });
});
