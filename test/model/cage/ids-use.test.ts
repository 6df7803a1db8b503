import { describe, expect, it } from 'vitest';
import { createIdsUse } from '../../../src/model/cage/ids-use.js';

const TICK_NS = 10_000_000;
const PERIOD_NS = 3 * TICK_NS;

/** Feeds uses (percent of each tick or period) and returns RC.ids after each. */
function feed(window: Parameters<typeof createIdsUse>[0], uses: readonly number[]): number[] {
  const idsUse = createIdsUse(window, TICK_NS);
  const stepNs = idsUse.perTick ? TICK_NS : PERIOD_NS;
  let totalNs = 0;
  return uses.map((usePct, i) => {
    totalNs += (stepNs * usePct) / 100;
    idsUse.update(totalNs, (i + 1) * stepNs);
    return idsUse.usePct;
  });
}

describe('RC.ids', () => {
  it('over the last period is that use', () => {
    expect(feed({ kind: 'period' }, [30, 0, 90])).toEqual([30, 0, 90]);
  });

  it('over a sliding window is the mean of its ticks', () => {
    const window = { kind: 'sliding', windowNs: 3 * TICK_NS } as const;
    expect(feed(window, [30, 60, 0, 90, 30, 0])).toEqual([30, 45, 30, 50, 40, 40]);
  });

  it('smoothed follows a step as 1 - (1 - weight)^n', () => {
    const uses = feed({ kind: 'ema', weight: 0.3 }, Array(20).fill(50));
    uses.forEach((use, i) => {
      expect(use).toBeCloseTo(50 * (1 - 0.7 ** (i + 1)), 9);
    });
  });
});
