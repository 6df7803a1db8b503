/** By the names that a definition has for them. */
export type LimiterLawName = 'paper' | 'paper-rate' | 'cpulimit';

/** What OC-Limiter has seen of its process since the last slot began, in nanoseconds. */
export interface SlotReading {
  readonly slotNs: number;
  /** CPU time that the cage has recorded for the process. */
  readonly usedNs: number;
  /** The run time that it was granted: what was asked of the timer, not what came of it. */
  readonly grantedNs: number;
}

/**
 * How OC-Limiter comes from what it measured to what it allows. In the first slot, before it has
 * measured anything, it allows the limit.
 */
export interface LimiterLaw {
  /** What the process may use, as a part of one CPU. */
  readonly limit: number;
  /** The part of the next slot in which the process may run: at most 1; 0 after a grant of 0. */
  next(reading: SlotReading): number;
}

/** A law that holds a process to `limit`, a part of one CPU. */
export function createLimiterLaw(name: LimiterLawName, limit: number): LimiterLaw {
  switch (name) {
    case 'paper':
      return new LetterLaw(limit);
    case 'paper-rate':
      return new RateLaw(limit);
    case 'cpulimit':
      return new IntegralLaw(limit);
  }
}

/**
 * The paper's formula to the letter (section 4.4): run = min(slot x limit / measured, slot), with
 * the use of the last slot as what is measured. For a process that would always run, run time x
 * next run time is limit x slot^2, so that long and short ones alternate for ever.
 */
class LetterLaw implements LimiterLaw {
  constructor(readonly limit: number) {}

  next({ slotNs, usedNs }: SlotReading): number {
    return part((this.limit * slotNs) / usedNs);
  }
}

/**
 * The same formula with the use per time in which the process was allowed to run, as cpulimit up to
 * 1.2 has it, on which OC-Limiter is based. Like that, it counts the run time that it granted: a
 * process that gets more, because sleeps end with jiffies, is granted less the next time. Where
 * that alone is more than the limit, the grants shrink to nothing and stay there.
 */
class RateLaw implements LimiterLaw {
  constructor(readonly limit: number) {}

  next({ usedNs, grantedNs }: SlotReading): number {
    return part((this.limit * grantedNs) / usedNs);
  }
}

/** Weight of the newest sample in cpulimit's smoothing. */
const SMOOTHING = 0.08;

/**
 * cpulimit's law from August 2008 on: the run time of the last slot times limit over use, with the
 * use smoothed exponentially; the first sample begins the smoothing.
 */
class IntegralLaw implements LimiterLaw {
  private use = Number.NaN;
  private run: number;

  constructor(readonly limit: number) {
    this.run = limit;
  }

  next({ slotNs, usedNs }: SlotReading): number {
    const sample = usedNs / slotNs;
    this.use = Number.isNaN(this.use) ? sample : (1 - SMOOTHING) * this.use + SMOOTHING * sample;
    this.run = part((this.run * this.limit) / this.use);
    return this.run;
  }
}

/** At most the whole slot; also for a process that used nothing. */
function part(quotient: number): number {
  return Number.isNaN(quotient) ? 1 : Math.min(quotient, 1);
}
