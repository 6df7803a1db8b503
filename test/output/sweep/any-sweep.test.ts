/** Charts of sweeps of any shape. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderSweepCharts } from '../../../src/output/sweep/render-charts.js';
import { sweepSvg } from '../../../src/output/sweep/svg/charts-svg.js';
import { widthOf } from '../../../src/output/words/text.js';
import { expectWellFormed } from '../well-formed.js';
import { chartsOf, parameter, RATE, sweepOf } from './fixture.js';

const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
const number = fc.oneof(
  fc.integer({ min: -100, max: 1_000_000 }),
  fc.double({ min: -1e12, max: 1e12, noNaN: true }),
  fc.double({ min: 1e-9, max: 1, noNaN: true }),
);
const values = fc.oneof(
  fc.uniqueArray(number, { minLength: 1, maxLength: 20 }),
  fc.uniqueArray(fc.oneof(name, fc.boolean(), number), { minLength: 1, maxLength: 8 }),
  fc.integer({ min: 1, max: 150 }).map((count) => Array.from({ length: count }, (_, i) => i * 5)),
);
const duration = fc.uniqueArray(fc.constantFrom('1ns', '20us', '10ms', '1s', '90s', 3), {
  minLength: 1,
});
const axis = fc.oneof(
  fc.tuple(name, values).map(([column, said]) => [parameter(column, said)]),
  fc.tuple(name, duration).map(([column, said]) => [parameter(`${column}_s`, said, true)]),
);
const metric = fc.oneof(
  fc.constant(null),
  fc.constantFrom(0, -1, 500, 1e-12, -1e15, 1e15),
  fc.double({ min: 0, max: 100, noNaN: true }),
);

test('no line is wider than the terminal, and every drawing is well-formed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(axis, { maxLength: 3 }),
      fc.uniqueArray(name, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom('%', 'replies/s', ''),
      fc.array(metric, { minLength: 1, maxLength: 12 }),
      fc.record({
        columns: fc.integer({ min: 40, max: 200 }),
        color: fc.boolean(),
        unicode: fc.boolean(),
      }),
      async (axes, variants, seeds, unit, samples, style) => {
        const metrics = [{ ...RATE, unit }];
        let at = 0;
        const charts = await chartsOf(
          sweepOf(axes, variants, seeds, metrics),
          () => samples[at++ % samples.length] ?? null,
        );
        const lines = renderSweepCharts(charts, style).split('\n');
        expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(style.columns);
        expect(lines.join('\n')).not.toMatch(/NaN|Infinity|undefined/);
        if (charts.length === 0) return;
        for (const width of [360, 760]) {
          const svg = sweepSvg(charts, { width });
          expectWellFormed(svg);
          expect(svg.replace(/>[^<]*</g, '><')).not.toMatch(/NaN|Infinity|undefined/);
        }
      },
    ),
    { numRuns: 80, endOnFailure: true },
  );
});
