import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  breakdownCsv,
  claimsCsv,
  countersCsv,
  exactCell,
  numberCell,
  samplesCsv,
  summaryCsv,
  toCsv,
} from '../../src/output/csv/csv.js';
import { readCsv } from './csv-reader.js';
import { experimentFixture } from './experiment-fixture.js';

const fixture = experimentFixture();
const [variant] = fixture.variants;
if (variant === undefined) throw new Error('the fixture has variants');

const column = (name: string) => ({ name, type: 'string' as const, description: '' });

describe('toCsv', () => {
  const formula = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

  test('any text comes back, with an apostrophe where a spreadsheet would see a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.string())), (rows) => {
        const text = toCsv(
          [column('a'), column('b')],
          rows.map(([a, b]) => ({ a, b })),
          3,
        );
        const escaped = (cell: string) => (formula.test(cell) ? `'${cell}` : cell);
        expect(readCsv(text)).toEqual([['a', 'b'], ...rows.map((row) => row.map(escaped))]);
      }),
    );
  });

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('the text %j is no formula', (a) => {
    expect(readCsv(toCsv([column('a')], [{ a }], 3))[1]).toEqual([`'${a}`]);
  });

  test('negative numbers stay numbers', () => {
    expect(toCsv([column('a')], [{ a: -1.5 }], 3)).toBe('a\r\n-1.5\r\n');
  });

  test('what is missing is empty', () => {
    const row = { a: null, b: Number.NaN, c: Number.POSITIVE_INFINITY };
    expect(toCsv([column('a'), column('b'), column('c')], [row], 3)).toBe('a,b,c\r\n,,\r\n');
  });

  test('without rows there is still a header', () => {
    expect(toCsv([column('a'), column('b')], [], 3)).toBe('a,b\r\n');
  });
});

describe('numberCell', () => {
  test.each([
    [1, '1'],
    [0.1 + 0.2, '0.3'],
    [-0.0001, '0'],
    [49.98765, '49.988'],
    [1_250_000, '1250000'],
    [100.5, '100.5'],
    [99.9996, '100'],
  ])('%d with three decimals is %s', (value, text) => expect(numberCell(value, 3)).toBe(text));

  test('has no sign of a zero without decimals either, and keeps zeros before the point', () => {
    expect([-0.2, 0, 20].map((value) => numberCell(value, 0))).toEqual(['0', '0', '20']);
  });

  test('is as near as the decimals allow', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (value) => {
        expect(Math.abs(Number(numberCell(value, 3)) - value)).toBeLessThanOrEqual(0.000501);
      }),
    );
  });
});

describe('exactCell', () => {
  test.each([
    [0.1 + 0.2, '0.30000000000000004'],
    [5e-7, '0.0000005'],
    [-1.25e-9, '-0.00000000125'],
    [1e20, '100000000000000000000'],
    [1e21, '1e+21'],
    [5e-324, '5e-324'],
    [-0, '0'],
    [Number.NaN, ''],
  ])('%d is %s', (value, text) => expect(exactCell(value)).toBe(text));

  test('reads back as the same double', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(exactCell(value))).toBe(value + 0);
      }),
    );
  });
});

describe('samplesCsv', () => {
  const [header, ...rows] = readCsv(samplesCsv(variant));

  test('has seed, time and the metrics as columns', () => {
    expect(header).toEqual(['seed', 'time_s', ...variant.metrics.map(({ name }) => name)]);
  });

  test('has a row a seed and sample, ordered by seed and time, with the samples’ values', () => {
    const expected = variant.runs.flatMap(({ seed, values }) =>
      variant.timesS.map((time, i) => [seed, time, ...values.map((one) => one[i] ?? 0)]),
    );
    expect(rows).toHaveLength(expected.length);
    rows.forEach((row, r) => {
      row.forEach((cell, c) => {
        expect(Math.abs(Number(cell) - (expected[r]?.[c] ?? 0))).toBeLessThanOrEqual(0.000501);
      });
    });
  });

  test('orders by seed even if the runs are not', () => {
    const reversed = { ...variant, runs: [...variant.runs].reverse() };
    expect(samplesCsv(reversed)).toBe(samplesCsv(variant));
  });

  test('keeps times of short samples apart', () => {
    const short = { ...variant, timesS: [1e-7, 0.000125] };
    const times = readCsv(samplesCsv(short)).map((row) => row[1]);
    expect(times.slice(0, 3)).toEqual(['time_s', '0.0000001', '0.000125']);
  });
});

describe('the tables over all variants', () => {
  test('columns are as promised', () => {
    const headers = [summaryCsv, claimsCsv, breakdownCsv, countersCsv].map((csv) =>
      readCsv(csv(fixture))[0]?.join(),
    );
    expect(headers).toEqual([
      'variant,metric,unit,mean,sd,ci95_lo,ci95_hi,n',
      'claim,figure,condition,statement,paper,measured,ci95_lo,ci95_hi,unit,rule,verdict,basis,' +
        'condition_verdict,role,margin,margin_unit,sd,n,evidence,finding',
      'variant,part,cpu_pct,share_pct',
      'variant,counter,per_s',
    ]);
  });

  test('the summary has a row a variant and metric', () => {
    const rows = readCsv(summaryCsv(fixture)).slice(1);
    expect(rows.map(([id, metric]) => `${id} ${metric}`)).toEqual(
      fixture.variants.flatMap(({ id, metrics }) => metrics.map(({ name }) => `${id} ${name}`)),
    );
  });

  test('one seed has neither deviation nor interval', () => {
    const single = { mean: 5, sd: null, ci95: null, n: 1, unit: '%' };
    const summary = { vm_cpu_pct: single };
    const rows = readCsv(summaryCsv({ ...fixture, variants: [{ ...variant, summary }] }));
    expect(rows.slice(1)).toEqual([['offloadcage', 'vm_cpu_pct', '%', '5', '', '', '', '1']]);
  });

  test('a claim has a row for each condition, with the verdict on both', () => {
    const rows = readCsv(claimsCsv(fixture)).filter(([id]) => id === 'S4');
    expect(rows.map((row) => [row[5], row[10], row[12], row[19]])).toEqual([
      ['986.2', 'fails', 'holds', ''],
      ['-77.8', 'fails', 'fails', 'wrong sign'],
    ]);
  });

  test('alternatives and causes follow, without what is said of the claim alone', () => {
    const [ours] = fixture.claims[3]?.conditions ?? [];
    const claims = fixture.claims.slice(3, 4).map((claim) => ({
      ...claim,
      alternatives: claim.conditions.slice(0, 1),
      causes: claim.conditions.slice(0, 1).map(({ verdict: _, ...cause }) => ({
        label: 'why',
        ...{ mean: cause.mean, sd: cause.sd, ci95: cause.ci95, n: cause.n, unit: cause.unit },
      })),
    }));
    const [heads = [], ...rows] = readCsv(claimsCsv({ claims }));
    const cells = rows.map((row) => Object.fromEntries(heads.map((head, i) => [head, row[i]])));
    expect(cells.map(({ role }) => role)).toEqual([
      ...['condition', 'condition', 'alternative', 'cause'],
    ]);
    expect(cells[0]).toMatchObject({ paper: claims[0]?.paper, basis: 'predicted', n: '3' });
    expect(cells.map(({ evidence }) => evidence)).toEqual(['measured', 'measured', '', '']);
    expect(cells[2]).toMatchObject({
      ...{ paper: '', verdict: '', basis: '' },
      ...{ rule: ours?.rule, condition_verdict: 'holds', margin_unit: 'replies/s' },
    });
    expect(cells[3]).toMatchObject({
      ...{ paper: '', verdict: '', basis: '', rule: '', condition_verdict: '' },
      ...{ margin: '', margin_unit: '', measured: '986.2' },
    });
  });
});
