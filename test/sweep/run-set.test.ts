/** Finished runs, against a plain set of numbers. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RunSet, shardSize } from '../../src/sweep/run-set.js';

const shard = fc
  .integer({ min: 1, max: 6 })
  .chain((of) => fc.integer({ min: 1, max: of }).map((part) => ({ part, of })));

test('the parts of a sweep add up to it', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.integer({ min: 1, max: 20 }), (runs, of) => {
      const parts = Array.from({ length: of }, (_, i) => shardSize(runs, { part: i + 1, of }));
      expect(parts.reduce((sum, size) => sum + size, 0)).toBe(runs);
      expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1);
    }),
  );
});

test('runs in any order, some twice and some of other parts', () => {
  fc.assert(
    fc.property(shard, fc.array(fc.nat(60), { maxLength: 120 }), (part, runs) => {
      const set = new RunSet(part);
      const model = new Set<number>();
      const isOurs = (run: number) => run % part.of === part.part - 1;
      for (const run of runs) {
        expect(set.add(run)).toBe(isOurs(run) && !model.has(run));
        if (isOurs(run)) model.add(run);
        expect(set.size).toBe(model.size);
      }
      let gap = part.part - 1;
      while (model.has(gap)) gap += part.of;
      expect(set.firstGap).toBe(gap);
      for (let run = part.part - 1; run <= 60; run += part.of) {
        expect(set.has(run)).toBe(model.has(run));
      }
    }),
  );
});
