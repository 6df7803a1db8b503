import { expect, test } from 'vitest';
import { CLAIMS } from '../../src/claims/catalog.js';
import type { Claim } from '../../src/claims/claim.js';
import { judgedNumbers, shownNumbers } from '../../src/claims/watched-numbers.js';
import type { Summary } from '../../src/measure/experiment-result.js';
import { measuredExperiment, measuredVariant } from './measured.js';

const variant = (id: string, ...seeds: readonly (readonly number[])[]) =>
  measuredVariant(id, ['x', 'y'], seeds);

const [anyClaim] = CLAIMS;
if (anyClaim === undefined) throw new Error('no claim');
const claim = (id: string, conditions: Claim['conditions']): Claim => ({
  ...anyClaim,
  id,
  experiment: 'one',
  conditions,
  alternatives: [],
  causes: [{ label: 'cause', measure: { kind: 'metrics', variant: 'a', metrics: ['y'] } }],
});

test('what verdicts hang on, by the experiment that it is measured in', () => {
  const rule = { kind: 'moreThan', low: 0 } as const;
  const claims = [
    claim('X1', [
      { label: 'sum', rule, measure: { kind: 'metrics', variant: 'a', metrics: ['x', 'y'] } },
      {
        label: 'above b',
        rule,
        measure: { kind: 'variant-difference', metric: 'x', variant: 'a', minus: 'b' },
      },
      {
        label: 'elsewhere',
        rule,
        experiment: 'two',
        measure: { kind: 'metrics', variant: 'c', metrics: ['x'] },
      },
    ]),
    claim('X2', [
      { label: 'not run', rule, measure: { kind: 'metrics', variant: 'nosuch', metrics: ['x'] } },
    ]),
  ];
  const results = [
    measuredExperiment('one', [variant('a', [3, 1], [5, 2]), variant('b', [1, 0], [2, 0])]),
    measuredExperiment('two', [variant('c', [7, 0], [9, 0])]),
  ];
  const numbers = judgedNumbers(claims, results).map((some) =>
    some.map(({ name, unit, interval: { mean } }) => [name, unit, mean]),
  );
  expect(numbers).toEqual([
    [
      ['X1, sum', 'points', 5.5],
      ['X1, above b', 'points', 2.5],
    ],
    [['X1, elsewhere', 'points', 8]],
  ]);
  // With one seed nothing is judged.
  expect(judgedNumbers(claims, [measuredExperiment('one', [variant('a', [3, 1])])])).toEqual([[]]);
});

test('what figures draw; without figures what the table shows; nothing without a value', () => {
  const summary = (mean: number, unit: string, n = 2): Summary => ({
    mean,
    sd: 1,
    ci95: [mean - 1, mean + 1],
    n,
    unit,
  });
  const withSummary = (id: string, y: Summary) => ({
    ...variant(id, [1, 2], [1, 2]),
    summary: { x: summary(1, '%'), y, z: summary(3, 'ms') },
  });
  const variants = [
    withSummary('a', summary(2, 'replies/s')),
    withSummary('b', summary(Number.NaN, 'replies/s', 0)),
  ];
  const figure = (lines: readonly (readonly [string, string])[]) => ({
    id: 'f',
    number: 1,
    title: '',
    yLabel: '',
    yUnit: '',
    isMain: false,
    lines: lines.map(([id, metric], place) => ({ variant: id, place, metric, label: '' })),
    limit: null,
  });
  const named = (figures: readonly ReturnType<typeof figure>[]) =>
    shownNumbers({ figures, variants }).map(({ name, unit }) => `${name}: ${unit}`);
  const drawn = [
    figure([['a', 'z']]),
    figure([
      ['a', 'z'],
      ['b', 'x'],
      ['b', 'y'],
    ]),
  ];
  expect(named(drawn)).toEqual(['a, z: ms', 'b, x: points']);
  expect(named([])).toEqual(['a, x: points', 'a, y: replies/s', 'b, x: points']);
});
