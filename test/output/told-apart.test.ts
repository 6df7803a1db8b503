import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toldApart } from '../../src/output/figure/told-apart.js';
import { chartAxis } from '../../src/output/sweep/chart-axis.js';
import { parameter } from './sweep/fixture.js';

test('only equal names get what tells them apart, the first detail that differs', () => {
  const details = [
    ['vm', 'vm', 'vm'],
    ['x', 'y', 'z'],
  ];
  expect(toldApart(['Missed', 'VM', 'Missed'], details)).toEqual([
    'Missed (x)',
    'VM',
    'Missed (z)',
  ]);
});

test('every value of an axis has a label of its own, whatever advances together', () => {
  const value = fc.constantFrom<string | number>('cfs', 'o1', 0, 10, -10);
  const pairs = fc.uniqueArray(fc.tuple(value, value), {
    minLength: 1,
    maxLength: 8,
    selector: (pair) => pair.join(),
  });
  fc.assert(
    fc.property(pairs, (points) => {
      const { labels, numbers } = chartAxis([
        parameter(
          'scheduler',
          points.map(([one]) => one),
        ),
        parameter(
          'nice',
          points.map(([, other]) => other),
        ),
      ]);
      expect(new Set(labels).size).toBe(points.length);
      if (numbers !== null) expect(new Set(numbers).size).toBe(points.length);
    }),
  );
});
