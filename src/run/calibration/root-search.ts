import type { Interval } from '../../measure/experiment-result.js';
import { summarize } from '../../measure/statistics.js';
import { dampedStep, longest, type Matrix, offAfter, UNDAMPED } from './damped-step.js';

/** What runs show at one point: a row for each seed. The first columns are those with targets. */
export type Rows = readonly (readonly number[])[];

/** Readings that depend on positive numbers, in a way that is known from noisy runs only. */
export interface RootProblem {
  /** Where to begin. */
  readonly start: readonly number[];
  /** What the first readings should be; each grows with the number in its place. */
  readonly targets: readonly number[];
  /** Does the runs of all points, each with all seeds. */
  readonly read: (
    points: readonly (readonly number[])[],
    seeds: readonly number[],
  ) => Promise<readonly Rows[]>;
  /** Seeds per point where slopes are taken; a single point has as many runs as those together. */
  readonly seeds: number;
  readonly rounds: number;
  /** Half of the 95% interval that each number may have at most, as a part of the number. */
  readonly precision: number;
  /** How far a reading may be from its target in the end. */
  readonly tolerance: number;
  /** Slopes at `start` that are known from another search. */
  readonly slopes?: Matrix | undefined;
  readonly onRound?: ((round: Round) => void) | undefined;
}

export interface Round {
  readonly round: number;
  readonly phase: Phase;
  readonly point: readonly number[];
  readonly readings: readonly Interval[];
}

/** What a round is for, in the order in which they come; slopes may be taken again. */
export type Phase = 'approach' | 'slopes' | 'settle';

export interface Found {
  /** No point comes nearer to the targets; or there were too few rounds to tell. */
  readonly outcome: 'found' | 'out of reach' | 'not settled';
  readonly point: readonly number[];
  /** Half of the 95% interval of each number, as a part of it; null before it is known. */
  readonly errors: readonly number[] | null;
  readonly readings: readonly Interval[];
  readonly slopes: Matrix | null;
}

/** How much more a number changes than its reading is off: readings have other causes, too. */
const EAGERNESS = 1.6;
/** Steps of the approach at most; those that overshoot come no nearer for a while. */
const APPROACHES = 20;
/** Readings within this of their targets end it, too; within half of it if that was too early. */
const CLOSE = 2;
/** Slopes are taken between so much less and so much more of each number. */
const SPAN = 0.1;
/** Logarithm of the largest factor by which a number changes in one step. */
const FIRST_REACH = Math.LN2;
/** After a step that comes no nearer, the next is so much shorter; below the last, it ends. */
const SHORTER = 0.25;
const SHORTEST = 0.02;
/** What is less than a twentieth nearer is noise. */
const NEARER = 0.95;
/** From the first step of this length on, slopes are kept and seeds are many. */
const NEAR = 0.1;
/** Points so near one another are read as one. */
const TOGETHER = 0.03;
const DIGITS = 3;

/**
 * Finds the point at which the readings are as wanted. It works on logarithms.
 *
 * Far away each number is moved by its own reading. Then slopes are taken by differences, and lead
 * to damped Newton steps. Near by the slopes are kept: each row of readings, moved along them, is
 * an estimate of the point, and the mean over all of them is the next one. So errors shrink with
 * every run, and nothing is left of where the search began. Runs of one seed at two points are as
 * unlike as those of two seeds, hence new seeds in every round.
 */
export async function searchRoot(problem: RootProblem): Promise<Found> {
  const search = new Search(problem);
  for (let round = 1; round <= problem.rounds; round++) {
    const found = await search.next(round);
    if (found !== null) return found;
  }
  return search.result('not settled');
}

/** A place in logarithms, and how it reads. */
interface Place {
  readonly at: readonly number[];
  readonly rows: Rows;
  readonly readings: readonly Interval[];
  /** Readings less targets. */
  readonly off: readonly number[];
}

class Search {
  private phase: Phase;
  private at: readonly number[];
  private slopes: Matrix | null;
  private reach = FIRST_REACH;
  private approaches = 0;
  private close = CLOSE;
  /** Where the latest steps start. */
  private best: Place | null = null;
  /** Of all that was seen. */
  private nearest: Place | null = null;
  private settled: Place[] = [];
  private errors: readonly number[] | null = null;
  private seedsUsed = 0;

  constructor(private readonly problem: RootProblem) {
    this.at = problem.start.map(Math.log);
    this.slopes = problem.slopes ?? null;
    this.phase = this.slopes === null ? 'approach' : 'settle';
  }

  /** Does a round. What it returns is the end. */
  async next(round: number): Promise<Found | null> {
    const { phase } = this;
    const { seeds, start } = this.problem;
    const isFar = phase === 'approach' || phase === 'slopes';
    const place = await this.look(isFar ? seeds : seeds * (2 * start.length + 1));
    if (this.nearest === null || missOf(place) < missOf(this.nearest)) this.nearest = place;
    const { readings } = place;
    this.problem.onRound?.({ round, phase, point: numbersAt(place.at), readings });
    if (phase === 'approach') return this.approach(place);
    if (phase === 'slopes') return this.descend(place);
    return this.settle(place);
  }

  result(outcome: Found['outcome'], place = this.nearest): Found {
    const { slopes, errors } = this;
    const point = (place?.at ?? this.at).map(Math.exp).map(rounded);
    return { outcome, point, errors, readings: place?.readings ?? [], slopes };
  }

  private approach(place: Place): null {
    this.approaches++;
    if (longest(place.off) <= this.close || this.approaches === APPROACHES) {
      this.startAgain(place.at);
    } else {
      const step = place.off.map((off, i) => {
        const target = this.problem.targets[i] ?? Number.NaN;
        return clamped(EAGERNESS * Math.log(target / (target + off)), this.reach);
      });
      this.moveTo(place.at.map((x, i) => x + (step[i] ?? 0)));
    }
    return null;
  }

  private async descend(place: Place): Promise<Found | null> {
    let from = this.best;
    if (from !== null && missOf(place) >= NEARER * missOf(from)) {
      this.reach *= SHORTER;
      if (this.reach < SHORTEST) return this.result('out of reach');
    } else {
      from = place;
      this.best = place;
      this.slopes = await this.slopesAt(place.at);
      if (!this.isOnTarget(place) && this.isHopeless(place)) return this.approachOn(place);
    }
    const step = dampedStep(this.slopes ?? [], from.off, this.reach);
    this.moveTo(from.at.map((x, i) => x + (step[i] ?? 0)));
    if (longest(step) <= NEAR) this.phase = 'settle';
    return null;
  }

  /** Where slopes lead nowhere, each number's own reading may still lead on. */
  private approachOn(place: Place): Found | null {
    if (this.approaches >= APPROACHES) return this.result('out of reach');
    this.phase = 'approach';
    this.close /= 2;
    return this.approach(place);
  }

  private settle(place: Place): Found | null {
    const isThere = this.isOnTarget(place);
    // Slopes may be wrong that led from others to this one.
    this.settled = [place, ...(isThere ? this.settled : [])];
    const near = this.settled.filter(({ at }) => longest(minus(at, place.at)) <= TOGETHER);
    const estimates = near.flatMap(({ at, rows }) => rows.map((row) => this.estimate(at, row)));
    const each = place.at.map((_, i) => summarize(estimates.map((one) => one[i] ?? Number.NaN)));
    this.errors = each.map(({ mean, ci95 }) => (ci95 === null ? Infinity : ci95[1] - mean));
    const next = each.map(({ mean }) => mean);
    const step = minus(next, place.at);
    if (isThere && longest(this.errors) <= this.problem.precision) {
      // These runs had no part in choosing where they were done: they are the check.
      return this.result('found', { ...place, at: next });
    }
    if (!isThere && this.isHopeless(place)) this.startAgain(place.at);
    else if (longest(step) <= NEAR) this.moveTo(next);
    else this.startAgain(place.at.map((x, i) => x + clamped(step[i] ?? 0, this.reach)));
    return null;
  }

  /** Whether the slopes lead nowhere: not even half of what is off would go. */
  private isHopeless({ off }: Place): boolean {
    const slopes = this.slopes ?? [];
    const left = offAfter(dampedStep(slopes, off, this.reach), slopes, off);
    return Math.hypot(...left) > Math.hypot(...off) / 2;
  }

  /** Within the tolerance, as far as the runs can tell. */
  private isOnTarget({ off, readings }: Place): boolean {
    return off.every((by, i) => {
      const { mean, ci95 } = readings[i] ?? { mean: Number.NaN, ci95: null };
      return Math.abs(by) <= this.problem.tolerance + (ci95 === null ? 0 : ci95[1] - mean);
    });
  }

  /** Takes new slopes at a point, and forgets what was before. */
  private startAgain(at: readonly number[]) {
    this.phase = 'slopes';
    this.best = null;
    this.reach = FIRST_REACH;
    this.settled = [];
    this.errors = null;
    this.moveTo(at);
  }

  private moveTo(at: readonly number[]) {
    this.at = at.map((x) => Math.log(rounded(Math.exp(x))));
  }

  private estimate(at: readonly number[], row: readonly number[]): number[] {
    const off = minus(row, this.problem.targets);
    const step = dampedStep(this.slopes ?? [], off, Infinity, UNDAMPED);
    return at.map((x, i) => x + (step[i] ?? 0));
  }

  private async look(count: number): Promise<Place> {
    const [rows = []] = await this.read([this.at], count);
    const readings = meansOf(rows);
    return { at: this.at, rows, readings, off: this.offOf(readings) };
  }

  /** One row per reading that has a target: its change with the logarithm of each number. */
  private async slopesAt(at: readonly number[]): Promise<Matrix> {
    const moved = (i: number, by: number) => at.map((x, j) => (i === j ? x + by : x));
    const points = at.flatMap((_, i) => [moved(i, -SPAN), moved(i, SPAN)]);
    const off = (await this.read(points, this.problem.seeds)).map((rows) =>
      this.offOf(meansOf(rows)),
    );
    return this.problem.targets.map((_, r) =>
      at.map((_, i) => ((off[2 * i + 1]?.[r] ?? 0) - (off[2 * i]?.[r] ?? 0)) / (2 * SPAN)),
    );
  }

  private read(points: readonly (readonly number[])[], count: number) {
    const seeds = Array.from({ length: count }, (_, i) => this.seedsUsed + i + 1);
    this.seedsUsed += count;
    return this.problem.read(points.map(numbersAt), seeds);
  }

  private offOf(readings: readonly Interval[]): number[] {
    return this.problem.targets.map((target, i) => (readings[i]?.mean ?? Number.NaN) - target);
  }
}

function meansOf(rows: Rows): Interval[] {
  return (rows[0] ?? []).map((_, i) => summarize(rows.map((row) => row[i] ?? Number.NaN)));
}

function missOf({ off }: Place): number {
  return Math.hypot(...off);
}

function minus(a: readonly number[], b: readonly number[]): number[] {
  return b.map((x, i) => (a[i] ?? Number.NaN) - x);
}

function clamped(step: number, reach: number): number {
  return Math.min(reach, Math.max(-reach, step));
}

/** Back from logarithms, without the last digits, which are theirs. */
function numbersAt(at: readonly number[]): number[] {
  return at.map((x) => Number(Math.exp(x).toPrecision(12)));
}

function rounded(value: number): number {
  return Number(value.toPrecision(DIGITS));
}
