import { describe, expect, it } from 'vitest';
import { createIdsUse } from '../../../src/model/cage/ids-use.js';

const PERIOD_NS = 30_000_000;

/** Feeds uses (percent of each period) and returns RC.ids after each. */
function feed(window: Parameters<typeof createIdsUse>[0], uses: readonly number[]): number[] {
  const idsUse = createIdsUse(window, PERIOD_NS);
  let totalNs = 0;
  return uses.map((usePct, i) => {
    totalNs += (PERIOD_NS * usePct) / 100;
    return idsUse.update(totalNs, (i + 1) * PERIOD_NS);
  });
}

describe('RC.ids', () => {
  it('over the last period is that use', () => {
    expect(feed({ kind: 'period' }, [30, 0, 90])).toEqual([30, 0, 90]);
  });

  it('over a sliding window is the mean of its periods', () => {
    const window = { kind: 'sliding', windowNs: 3 * PERIOD_NS } as const;
    expect(feed(window, [30, 60, 0, 90, 30, 0])).toEqual([30, 45, 30, 50, 40, 40]);
  });

  it('smoothed follows a step as 1 - (1 - weight)^n', () => {
    const uses = feed({ kind: 'ema', weight: 0.3 }, Array(20).fill(50));
    uses.forEach((use, i) => {
      expect(use).toBeCloseTo(50 * (1 - 0.7 ** (i + 1)), 9);
    });
  });
});
