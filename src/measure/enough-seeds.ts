import {
  excessOf,
  intervalWidth,
  type Precision,
  type WatchedNumber,
  type Width,
} from './precision.js';

/** Seeds that are added at a time; with fewer than that nothing is looked at. */
export const BLOCK_SEEDS = 10;
/** Looks in a row at which everything has to be narrow. */
const LOOKS = 2;
/** With fewer seeds allowed the rule could never be met. */
export const LEAST_MAX_SEEDS = LOOKS * BLOCK_SEEDS;

/** How many seeds it took, and why. */
export interface SeedsTaken {
  readonly precision: Precision;
  readonly seeds: number;
  /** False if the most seeds that were allowed are not enough. */
  readonly isReached: boolean;
  /**
   * The number that was the last to become narrow, or is not yet; the widest of all if they were
   * narrow from the first look on. Null if there is none to be narrow.
   */
  readonly decidedBy: Width | null;
  /** How many numbers are in units of which nothing was asked. */
  readonly notAsked: number;
}

/**
 * When an experiment has seeds enough: a sequential rule, looked at after each block of seeds.
 *
 * The rule of Chow and Robbins (On the asymptotic theory of fixed-width sequential confidence
 * intervals for the mean, Ann. Math. Statist. 36, 1965; for relative widths: Nádas, Ann. Math.
 * Statist. 40, 1969) is to stop as soon as the interval is narrow. Its coverage is right in the
 * limit of narrow intervals only. Before that it stops too early just when the deviation comes out
 * too small by chance, and the same deviation then makes the interval that is reported.
 * What is done against it:
 *
 * - Student's quantile instead of the normal one, and no look before `BLOCK_SEEDS` seeds.
 * - Looks once a block, not once a seed: few chances to stop by luck.
 * - Confirmation: everything has to be narrow at two looks in a row, so that a whole block of
 *   seeds that had no part in the first verdict is in the deviation of the second.
 *
 * For normal values the reported intervals then cover at least 94.5%, whatever the deviation;
 * without the confirmation it is 93.7% in the worst case. `test/measure/enough-seeds.test.ts`
 * simulates both. The two-stage rule of Stein (A two-sample test for a linear hypothesis whose
 * power is independent of the variance, Ann. Math. Statist. 16, 1945) is exact, but only for an
 * interval that takes its deviation from the first stage, which is not what all tables, files and
 * verdicts here have; and of those it keeps about every second wider than was asked.
 *
 * Several numbers are watched at once: seeds are added until all of them are narrow. That makes
 * what is said here of one number the worst case for each.
 */
export class EnoughSeeds {
  private seeds = 0;
  private looksInRow = 0;
  /** Name of the widest number at the last look at which not all were narrow. */
  private lastWide: string | null = null;
  private decidedBy: Width | null = null;
  private notAsked = 0;

  /** @param maxSeeds at least `LEAST_MAX_SEEDS` */
  constructor(
    private readonly precision: Precision,
    private readonly maxSeeds: number,
  ) {}

  /**
   * Looks at the intervals over all seeds so far.
   * @param numbers that may have to be narrow; without any that has, `BLOCK_SEEDS` are enough
   * @returns how many seeds to add; 0 if they are enough, or no more are allowed
   */
  look(seeds: number, numbers: readonly WatchedNumber[]): number {
    if (this.isDone) return 0;
    this.seeds = seeds;
    if (seeds < BLOCK_SEEDS) return BLOCK_SEEDS - seeds;
    const widths = numbers.flatMap((number) => intervalWidth(number, this.precision) ?? []);
    this.notAsked = numbers.length - widths.length;
    this.judge(widths);
    return this.isDone ? 0 : Math.min(BLOCK_SEEDS, this.maxSeeds - seeds);
  }

  get taken(): SeedsTaken {
    const { precision, seeds, isReached, decidedBy, notAsked } = this;
    return { precision, seeds, isReached, decidedBy, notAsked };
  }

  private judge(widths: readonly Width[]): void {
    const [first, ...others] = widths;
    if (first === undefined) {
      this.looksInRow = LOOKS;
      return;
    }
    const widest = others.reduce((a, b) => (excessOf(b) > excessOf(a) ? b : a), first);
    if (excessOf(widest) > 1) {
      this.looksInRow = 0;
      this.lastWide = widest.name;
      this.decidedBy = widest;
      return;
    }
    this.looksInRow++;
    this.decidedBy = widths.find(({ name }) => name === this.lastWide) ?? widest;
  }

  private get isReached(): boolean {
    return this.looksInRow >= LOOKS;
  }

  private get isDone(): boolean {
    return this.isReached || this.seeds >= this.maxSeeds;
  }
}
