import type { IdsWindowInput } from '../input.js';

/**
 * RC.ids: the IDSes' CPU use in percent of one PCPU, over a window that the paper does not name.
 * Fed with the total time measured so far.
 */
export interface IdsUse {
  /** Whether it is to be fed at every tick, not at the end of each accounting period only. */
  readonly perTick: boolean;
  /** RC.ids at the last reading. */
  readonly usePct: number;
  update(totalNs: number, nowNs: number): void;
}

export function createIdsUse(window: IdsWindowInput, tickNs: number): IdsUse {
  switch (window.kind) {
    case 'period':
      return new SlidingUse(1, false);
    case 'sliding':
      return new SlidingUse(Math.max(1, Math.round(window.windowNs / tickNs)), true);
    case 'ema':
      return new SmoothedUse(window.weight);
  }
}

/** Mean since so many readings ago; over less while there are not as many yet. */
class SlidingUse implements IdsUse {
  readonly perTick: boolean;
  usePct = 0;
  private readonly totals: Float64Array;
  private readonly times: Float64Array;
  private readings = 0;

  constructor(length: number, perTick: boolean) {
    this.perTick = perTick;
    this.totals = new Float64Array(length + 1);
    this.times = new Float64Array(length + 1);
  }

  update(totalNs: number, nowNs: number): void {
    const size = this.totals.length;
    this.readings++;
    const at = this.readings % size;
    this.totals[at] = totalNs;
    this.times[at] = nowNs;
    const oldest = this.readings >= size ? (this.readings + 1) % size : 0;
    this.usePct = (100 * (totalNs - this.totals[oldest]!)) / (nowNs - this.times[oldest]!);
  }
}

/** Exponential smoothing of the periods' use: each new one enters with `weight`. */
class SmoothedUse implements IdsUse {
  readonly perTick = false;
  usePct = 0;
  private readonly weight: number;
  private lastNs = 0;
  private lastTotalNs = 0;

  constructor(weight: number) {
    this.weight = weight;
  }

  update(totalNs: number, nowNs: number): void {
    const sample = (100 * (totalNs - this.lastTotalNs)) / (nowNs - this.lastNs);
    this.usePct = (1 - this.weight) * this.usePct + this.weight * sample;
    this.lastTotalNs = totalNs;
    this.lastNs = nowNs;
  }
}
