import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConditionResult, ExperimentResult } from '../../src/measure/experiment-result.js';
import {
  type ReportStyle,
  renderCollection,
  renderReport,
} from '../../src/output/terminal/terminal-report.js';
import { widthOf } from '../../src/output/words/text.js';
import { experimentFixture } from './experiment-fixture.js';

const style: ReportStyle = {
  columns: 80,
  color: false,
  unicode: true,
  charts: 'all',
  verbose: true,
};
const fixture = experimentFixture();
const report = (result: ExperimentResult, changes: Partial<ReportStyle> = {}) =>
  renderReport(result, { ...style, ...changes });
const UNJUDGED = [
  ['X1', 'variant a was not run'],
  ['X2', 'too short'],
  ['X3', 'variant a was not run'],
].map(([id = '', reason = '']) => ({ id, figure: '1', statement: 'x', reason }));
const widest = (text: string) => Math.max(...text.split('\n').map(widthOf));

const NARROW = {
  precision: { points: 0.5, relativePct: null },
  seeds: 30,
  isReached: true,
  decidedBy: { name: 'a, x', unit: 'points', halfWidth: 0.431, allowed: 0.5 },
  notAsked: 0,
};

test.each([
  [
    NARROW,
    '30 seeds put all intervals within 0.5 points. ' +
      'a, x (half width 0.43 points, allowed 0.50) decided.',
  ],
  [
    { ...NARROW, precision: { points: 1, relativePct: 2 }, isReached: false },
    '30 seeds, the most allowed, do not put all intervals within 1 point or 2% of the mean. ' +
      'a, x (half width 0.43 points, allowed 0.50) is farthest from it.',
  ],
  [
    { ...NARROW, decidedBy: null, notAsked: 2 },
    '30 seeds; there is no interval to be within 0.5 points. ' +
      'Nothing was asked of 2 numbers in other units.',
  ],
])('says how many seeds it took, and why: %#', (seedsTaken, text) => {
  const said = report({ ...fixture, seedsTaken }, { columns: 500 });
  expect(said.replaceAll('\u00a0', ' ')).toContain(text);
  expect(report(fixture)).not.toContain('within');
});

/** The fixture with other numbers and texts, of any size. */
const arbitraryResult = fc
  .record({
    scale: fc.constantFrom(0, 1e-9, 1, 1e3, 1e9, 1e200, -1),
    missing: fc.double({ min: 0, max: 1, noNaN: true }),
    text: fc.string({ unit: 'grapheme', maxLength: 60 }),
    samples: fc.integer({ min: 0, max: 300 }),
    seeds: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ scale, missing, text, samples, seeds }): ExperimentResult => {
    const value = (x: number, i: number) => ((i * 0.618) % 1 < missing ? Number.NaN : x * scale);
    return {
      ...fixture,
      title: `${text} ${fixture.title}`,
      seeds: fixture.seeds.slice(0, seeds),
      variants: fixture.variants.map((variant) => ({
        ...variant,
        title: `${variant.title} ${text}`,
        timesS: Array.from({ length: samples }, (_, i) => i + 1),
        runs: variant.runs.slice(0, seeds).map((run) => ({
          ...run,
          values: run.values.map((values) =>
            Float64Array.from({ length: samples }, (_, i) => value(values[i % 60] ?? 0, i)),
          ),
        })),
        summary: Object.fromEntries(
          Object.entries(variant.summary).map(([name, one], i) => [
            name,
            {
              ...one,
              mean: value(one.mean, i),
              ci95: seeds === 1 ? null : ([one.mean * scale, one.mean * 2 * scale] as const),
            },
          ]),
        ),
      })),
      figures: fixture.figures.map((figure) => ({
        ...figure,
        title: `${figure.title} ${text}`,
        lines: figure.lines.map((line) => ({ ...line, label: `${line.label} ${text}` })),
      })),
      claims: fixture.claims.map((claim) => ({
        ...claim,
        paper: text,
        conditions: claim.conditions.map((one, i) => ({ ...one, mean: value(one.mean, i) })),
      })),
    };
  });

describe('any terminal', () => {
  test('no line is wider than the terminal, whatever the result', () => {
    const columns = fc.integer({ min: 40, max: 250 });
    fc.assert(
      fc.property(arbitraryResult, columns, fc.boolean(), (result, width, unicode) => {
        expect(widest(report(result, { columns: width, unicode }))).toBeLessThanOrEqual(width);
      }),
    );
  });

  test('without Unicode there is ASCII only, whatever the texts', () => {
    fc.assert(
      fc.property(arbitraryResult, fc.integer({ min: 40, max: 250 }), (result, columns) => {
        expect(report(result, { columns, unicode: false })).toMatch(/^[\n -~]*$/);
      }),
    );
  });

  test('colour changes nothing but colour', () => {
    for (const columns of [40, 60, 80, 120, 200]) {
      const colored = report(fixture, { columns, color: true });
      expect(colored).toContain('\u001b[');
      expect(stripVTControlCharacters(colored)).toBe(report(fixture, { columns }));
    }
  });

  test('no escape codes without colour', () => {
    expect(report(fixture)).not.toContain('\u001b');
  });
});

describe('the breakdown', () => {
  test('has bars in proportion, for each variant that has one', () => {
    const text = report(fixture);
    const bars = text
      .split('\n')
      .filter((line) => line.includes('█'))
      .map((line) => line.split('█').length - 1);
    expect(bars).toHaveLength(6);
    const [own = 0, network = 0, threads = 0] = bars;
    expect(Math.abs(network - 2 * own)).toBeLessThanOrEqual(1);
    expect(Math.abs(network - 6 * threads)).toBeLessThanOrEqual(3);
    // The variants' shares are the same, though their CPU times are not.
    expect(bars.slice(3)).toEqual(bars.slice(0, 3));
    expect(text).toContain('(claim S6)');
  });
});

/** Of the fixture's claims. */
const COUNTS =
  'of 3 predictions, 2 hold, 1 fails; fitted: 1 holds, 1 undecided; by construction: 1 holds';

describe('the claims', () => {
  test.each([60, 80, 200])('at %i columns have id, verdict, basis and our value', (columns) => {
    const text = report(fixture, { columns });
    for (const { id } of fixture.claims) expect(text).toMatch(new RegExp(`^${id}\\b`, 'm'));
    expect(text.replace(/\s+/g, ' ')).toContain(COUNTS);
    expect(text).toMatch(/^S3\b.*fitted/m);
    expect(text).toContain('49.90 ± 0.40 %');
  });

  test('say what the paper has for each, and how far one that fails is met', () => {
    for (const columns of [60, 200]) {
      const text = report(fixture, { columns, verbose: true }).replace(/\s+/g, ' ');
      for (const words of ['50% (measured)', 'argued, not measured', 'wrong sign']) {
        const parts = columns < 200 ? [words] : words.split(' ');
        for (const part of parts) expect(text).toContain(part);
      }
    }
  });

  test.each([60, 200])('at %i columns a failure stands out in text and in colour', (columns) => {
    expect(report(fixture, { columns })).toMatch(/^S4\b.*✘ fails/m);
    expect(report(fixture, { columns, unicode: false })).toMatch(/^S4\b.*!! fails/m);
    const line = report(fixture, { columns, color: true })
      .split('\n')
      .find((one) => one.includes('✘ fails'));
    expect(line).toContain('\u001b[31m');
  });

  test.each([60, 200])(
    'at %i columns alternatives say whether they reproduce the claim',
    (columns) => {
      const claims = fixture.claims.map((claim) => {
        const [first] = claim.conditions;
        const other = { ...first, label: 'Another set-up', verdict: 'fails' } as ConditionResult;
        return claim.id === 'S1' ? { ...claim, alternatives: [other] } : claim;
      });
      const text = report({ ...fixture, claims }, { columns }).replace(/\s+/g, ' ');
      expect(text).toContain('Another set-up:');
      expect(text).toContain('does not reproduce it');
      // The claim itself still holds.
      expect(text).toContain(COUNTS);
    },
  );

  test.each([60, 200])(
    'at %i columns it says where alternatives are that were not run',
    (columns) => {
      const claims = fixture.claims.map((claim) =>
        claim.id === 'S1' ? { ...claim, alternativesNotRun: ['one', 'two'] } : claim,
      );
      const text = report({ ...fixture, claims }, { columns }).replace(/\s+/g, ' ');
      expect(text).toContain('2 not judged here: offloadcage verify S1');
      expect(report(fixture, { columns })).not.toContain('not judged here');
    },
  );

  test.each([60, 200])('at %i columns they have margin and causes', (columns) => {
    const [first, ...others] = fixture.claims;
    const { mean, sd, ci95, n } = first!.conditions[0]!;
    const causes = [{ label: 'Work of others', mean, sd, ci95, n, unit: '%' }];
    const text = report({ ...fixture, claims: [{ ...first!, causes }, ...others] }, { columns });
    expect(text).toMatch(/margin:? +\d/);
    expect(text.replace(/\s+/g, ' ')).toContain('Work of others: ');
  });

  test('that were not judged are named with the reason', () => {
    const text = report({ ...fixture, unjudged: UNJUDGED });
    expect(text.replace(/\s+/g, ' ')).toContain(`${COUNTS}; 3 not judged`);
    expect(text).toContain('Not judged: X1, X3 (variant a was not run); X2 (too short).');
    const none = report({ ...fixture, claims: [], unjudged: UNJUDGED });
    expect(none).toContain('Claims of the paper: 3 not judged');
  });

  test('are left out if there are none', () => {
    expect(report({ ...fixture, claims: [] })).not.toContain('Claims');
  });
});

describe('the figures', () => {
  const numbers = (text: string) => [...text.matchAll(/^Figure (\d)/gm)].map(([, n]) => n);
  const main = (number: number) =>
    fixture.figures.map((one) => ({ ...one, isMain: one.number === number }));

  test('are all of them, none, or the main one with a word about the others', () => {
    expect(numbers(report(fixture))).toEqual(['4', '5', '6', '7']);
    expect(report(fixture, { charts: 'none' })).not.toContain('igure 5:');
    const first = report(fixture, { charts: 'main' });
    expect(numbers(first)).toEqual(['4']);
    expect(first).toContain('--charts all shows figures 5, 6 and 7, too.');
    const chosen = report({ ...fixture, figures: main(6) }, { charts: 'main' });
    expect(numbers(chosen)).toEqual(['6']);
  });

  test('come after claims and means, which are what one asks first', () => {
    const text = report(fixture, { charts: 'main' });
    const places = ['seeds 1 to 3', 'Claims of the paper', 'Means', 'Figure 4', 'charged for'];
    const found = places.map((one) => text.indexOf(one));
    expect(found).not.toContain(-1);
    expect(found).toEqual(found.toSorted((a, b) => a - b));
  });
});

test('an experiment without anything to show is a report, too', () => {
  const empty = { ...fixture, variants: [], figures: [], claims: [] };
  expect(report(empty)).toContain(fixture.title);
});

describe('several experiments', () => {
  const other = { ...fixture, id: 'other', title: 'Another experiment' };
  const judged = { claims: fixture.claims, unjudged: UNJUDGED };
  const collection = (changes: Partial<ReportStyle> = {}) =>
    renderCollection([fixture, other], judged, { ...style, ...changes });

  test('have the report of each, as it is alone', () => {
    for (const columns of [60, 80, 200]) {
      const text = collection({ columns });
      for (const one of [fixture, other]) expect(text).toContain(report(one, { columns }));
    }
  });

  test.each([60, 80, 120, 200])('end with all claims at %i columns', (columns) => {
    const [, end = ''] = collection({ columns }).split('All claims of the paper: ');
    expect(end.replace(/\s+/g, ' ').startsWith(`${COUNTS}; 3 not judged`)).toBe(true);
    for (const { id, paper, conditions } of fixture.claims) {
      expect(end).toMatch(new RegExp(`^${id}\\b`, 'm'));
      // Cells wrap: their words are there, in lines of their own.
      for (const word of columns < 140 ? [] : paper.split(' ')) expect(end).toContain(word);
      for (const { mean, rule } of conditions) {
        expect(end).toContain(mean.toFixed(1));
        for (const word of rule.split(' ').slice(0, -1)) expect(end).toContain(word);
      }
    }
    expect(end.replaceAll('\n', ' ')).toContain('± is the half width of the 95% CI');
    for (const word of ['holds', 'fails', 'undecided', 'itted', 'Not judged: X1']) {
      expect(end).toContain(word);
    }
  });

  test.each([60, 80, 200])('at %i columns tell in full what none of them tells', (columns) => {
    expect(collection({ columns })).not.toContain('Claims about several experiments');
    const [first] = fixture.claims;
    if (first === undefined) throw new Error('no claim');
    const other = { ...first.conditions[0], label: 'Elsewhere', verdict: 'fails' };
    const full = { ...first, alternatives: [other as ConditionResult] };
    const claims = [full, { ...first, id: 'X9' }, ...fixture.claims.slice(1)];
    const text = renderCollection([fixture], { claims, unjudged: [] }, { ...style, columns });
    const [, rest = ''] = text.split('Claims about several experiments: ');
    const [several = '', all = ''] = rest.split('All claims of the paper: ');
    expect(several).toMatch(/^of 2 predictions, 2 hold\n/);
    expect(several).toMatch(/^S1\b/m);
    expect(several).toMatch(/^X9\b/m);
    expect(several).not.toMatch(/^S2\b/m);
    expect(several).toMatch(/others/);
    expect(several.replace(/\s+/g, ' ')).toContain('Elsewhere:');
    expect(all).toMatch(/^S2\b/m);
    expect(all).not.toContain('Elsewhere');
  });

  test('no line is wider than the terminal, and colour changes nothing else', () => {
    for (let columns = 40; columns <= 220; columns += 7) {
      const text = collection({ columns });
      expect(widest(text)).toBeLessThanOrEqual(columns);
      expect(stripVTControlCharacters(collection({ columns, color: true }))).toBe(text);
      expect(collection({ columns, unicode: false })).toMatch(/^[\n -~]*$/);
    }
  });
});
