import type { IdsWindowInput } from '../input.js';

/**
 * RC.ids: the IDSes' CPU use in percent of one PCPU, over a window that the paper does not name.
 * Fed once an accounting period with the total time measured so far.
 */
export interface IdsUse {
  /** RC.ids at the end of the last period. */
  readonly usePct: number;
  /** Takes the reading at the end of a period and returns RC.ids. */
  update(totalNs: number, nowNs: number): number;
}

export function createIdsUse(window: IdsWindowInput, periodNs: number): IdsUse {
  switch (window.kind) {
    case 'period':
      return new SlidingUse(1);
    case 'sliding':
      return new SlidingUse(Math.max(1, Math.round(window.windowNs / periodNs)));
    case 'ema':
      return new SmoothedUse(window.weight);
  }
}

/** Mean over the last so many periods; over fewer while there are not as many yet. */
class SlidingUse implements IdsUse {
  usePct = 0;
  private readonly totals: Float64Array;
  private readonly times: Float64Array;
  private readings = 0;

  constructor(periods: number) {
    this.totals = new Float64Array(periods + 1);
    this.times = new Float64Array(periods + 1);
  }

  update(totalNs: number, nowNs: number): number {
    const size = this.totals.length;
    this.readings++;
    const at = this.readings % size;
    this.totals[at] = totalNs;
    this.times[at] = nowNs;
    const oldest = this.readings >= size ? (this.readings + 1) % size : 0;
    this.usePct = (100 * (totalNs - this.totals[oldest]!)) / (nowNs - this.times[oldest]!);
    return this.usePct;
  }
}

/** Exponential smoothing of the periods' use: each new one enters with `weight`. */
class SmoothedUse implements IdsUse {
  usePct = 0;
  private readonly weight: number;
  private lastNs = 0;
  private lastTotalNs = 0;

  constructor(weight: number) {
    this.weight = weight;
  }

  update(totalNs: number, nowNs: number): number {
    const sample = (100 * (totalNs - this.lastTotalNs)) / (nowNs - this.lastNs);
    this.usePct = (1 - this.weight) * this.usePct + this.weight * sample;
    this.lastTotalNs = totalNs;
    this.lastNs = nowNs;
    return this.usePct;
  }
}
