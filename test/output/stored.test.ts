import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { InputError } from '../../src/base/input-error.js';
import { CLAIMS } from '../../src/claims/catalog.js';
import { writeResults } from '../../src/output/folder/results-folder.js';
import { readResult } from '../../src/output/stored/stored-result.js';
import { experimentFixture } from './experiment-fixture.js';

const writtenBy = 'offloadcage reproduce snort';
const fixture = experimentFixture();
const base = mkdtempSync(join(tmpdir(), 'offloadcage-stored-'));
const folder = join(base, 'snort');

beforeAll(async () => {
  const [first, ...others] = fixture.claims;
  const { label, mean, sd, ci95, n, unit } = first!.conditions[0]!;
  const cause = { label, mean, sd, ci95, n, unit };
  const full = {
    ...first!,
    alternatives: [{ ...first!.conditions[0]!, label: '=Another, "quoted"' }],
    causes: [{ ...cause, label: '-1 of them' }],
  };
  const unjudged = [{ id: 'T1', figure: '8', statement: 'x', reason: 'one seed' }];
  const result = { ...fixture, claims: [full, ...others], unjudged };
  await writeResults({ result, folder, writtenBy });
});

afterAll(() => rmSync(base, { recursive: true, force: true }));

describe('a result that is read from its folder', () => {
  test('is written again byte for byte', async () => {
    const copy = join(base, 'copy');
    await writeResults({ result: readResult(folder), folder: copy, writtenBy });
    expect(readdirSync(copy).sort()).toEqual(readdirSync(folder).sort());
    // Figures are drawn from samples before these are rounded.
    for (const name of readdirSync(folder).filter((one) => !one.endsWith('.svg'))) {
      expect(readFileSync(join(copy, name), 'utf8')).toBe(readFileSync(join(folder, name), 'utf8'));
    }
  });

  test('has what no table has: titles, figures, reasons, and what was not judged', () => {
    const read = readResult(folder);
    const { title, description, paper, figures, seeds } = fixture;
    expect(read).toMatchObject({ title, description, paper, figures, seeds });
    expect(read.variants.map(({ metrics }) => metrics)).toEqual(
      fixture.variants.map(({ metrics }) => metrics),
    );
    expect(read.claims[0]?.alternatives[0]?.label).toBe('=Another, "quoted"');
    // What no file has, this version says.
    const [own] = CLAIMS.filter(({ id }) => id === 'S1');
    expect(read.claims[0]?.reason).toBe(own?.reason);
    expect(read.claims.map(({ finding, evidence }) => [finding, evidence])).toEqual(
      fixture.claims.map(({ finding, evidence }) => [finding, evidence]),
    );
    expect(read.unjudged.map(({ id }) => id)).toEqual(['T1']);
  });
});

test('of one seed has no intervals, and an unknown claim no reason', async () => {
  const [claim] = fixture.claims;
  const [condition] = claim?.conditions ?? [];
  if (claim === undefined || condition === undefined) throw new Error('no claim');
  const one = { sd: null, ci95: null, n: 1 };
  const result = {
    ...fixture,
    variants: fixture.variants.map(({ summary, ...variant }) => ({
      ...variant,
      summary: Object.fromEntries(
        Object.entries(summary).map(([name, all]) => [name, { ...all, ...one }]),
      ),
    })),
    claims: [{ ...claim, id: 'Z9', conditions: [{ ...condition, ...one }] }],
  };
  const single = join(base, 'single');
  await writeResults({ result, folder: single, writtenBy });
  const read = readResult(single);
  for (const { summary } of read.variants) {
    for (const all of Object.values(summary)) expect(all).toMatchObject(one);
  }
  expect(read.claims).toMatchObject([{ id: 'Z9', reason: '', conditions: [one] }]);
});

describe('a damaged folder is refused with file and field', () => {
  const replaced = (old: string | RegExp, next: string) => (text: string) => {
    expect(text).toMatch(old);
    return text.replace(old, next);
  };
  test.each<[string, string, (text: string) => string, RegExp]>([
    ['no data', 'datapackage.json', () => '', /datapackage\.json: the file is empty/],
    [
      'a seed that is none',
      'datapackage.json',
      replaced(/"seeds": \[\s*1/, '"seeds": ["x"'),
      /datapackage\.json:\d+:\d+: offloadcage\.seeds\.0: got "x"; allowed: /,
    ],
    [
      'another version',
      'datapackage.json',
      replaced('"headlines"', '"other"'),
      /datapackage\.json:\d+:\d+: offloadcage\.variants\.0\.headlines: got nothing; allowed: /,
    ],
    [
      'a path instead of an id',
      'datapackage.json',
      replaced('"id": "offloadcage"', '"id": "../../x"'),
      /offloadcage\.variants\.0\.id: got "\.\.\/\.\.\/x"; allowed: /,
    ],
    [
      'a number that is none',
      'offload.csv',
      (text) => text.replace(/^(1,2,)[^,]*/m, '$1abc'),
      /offload\.csv:3: vm_cpu_pct: got "abc"; allowed: a number/,
    ],
    [
      'a sample too few',
      'offload.csv',
      (text) => text.replace(/\r\n[^\r]*\r\n$/, '\r\n'),
      /offload\.csv: seed: got 59 samples with 3; allowed: 60/,
    ],
    [
      'a seed too many',
      'offload.csv',
      (text) => text.replace(/^3,1,/m, '9,1,'),
      /offload\.csv:\d+: seed: got "9"; allowed: a seed that datapackage\.json lists/,
    ],
    [
      'a column too few',
      'summary.csv',
      replaced(',sd,', ',x,'),
      /summary\.csv:1: got no column sd/,
    ],
    [
      'a verdict that is none',
      'claims.csv',
      replaced(',fails,', ',FAILS,'),
      /claims\.csv:\d+: verdict: got "FAILS"; allowed: holds, fails, undecided/,
    ],
    ['an open quote', 'breakdown.csv', (text) => `${text}"`, /breakdown\.csv:\d+: .*RFC 4180/],
  ])('%s', (_, name, damage, message) => {
    const path = join(folder, name);
    const whole = readFileSync(path, 'utf8');
    writeFileSync(path, damage(whole));
    try {
      expect(() => readResult(folder)).toThrow(InputError);
      expect(() => readResult(folder)).toThrow(message);
    } finally {
      writeFileSync(path, whole);
    }
  });

  test('files that are not there', () => {
    for (const name of readdirSync(folder).filter((one) => one.endsWith('.csv'))) {
      const path = join(folder, name);
      const whole = readFileSync(path);
      rmSync(path);
      expect(() => readResult(folder)).toThrow(`${path}: got no such file`);
      writeFileSync(path, whole);
    }
    expect(() => readResult(base)).toThrow(`${base}: got no datapackage.json in it`);
  });
});
