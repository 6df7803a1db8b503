import { InputError } from '../../base/input-error.js';
import type { Definition } from '../../definition/definition.js';
import type { Interval } from '../../measure/experiment-result.js';
import type { RunPool } from '../run-pool.js';
import { type Reading, readAt } from './cost-readings.js';
import { dampedStep } from './damped-step.js';
import { type Found, type Phase, type RootProblem, searchRoot } from './root-search.js';
import { type Aim, FITTED_COSTS, type FittedCost } from './targets.js';

/** How far a fitted reading may be from its target, in points, besides its own interval. */
const TOLERANCE_PCT = 0.2;

/** In us. */
export type Costs = Readonly<Record<FittedCost, number>>;

/** What is shown besides the readings that are fitted. */
export const WATCHED = {
  replies_rps: { variant: 'offload', metrics: ['throughput_rps'] },
  missed_pct: { variant: 'offload', metrics: ['ids_missed_packets_pct'] },
  inside_missed_pct: { variant: 'no-offload', metrics: ['ids_missed_packets_pct'] },
} as const;

export interface CalibrationRound {
  readonly round: number;
  readonly phase: Phase;
  readonly costs_us: Costs;
  /** By name of target. */
  readonly readings: Readonly<Record<string, Interval>>;
  /** Means; NaN where the targets do not need the variant. */
  readonly watched: Readonly<Record<keyof typeof WATCHED, number>>;
}

/** What a search ends with. */
export interface Fit {
  readonly outcome: Found['outcome'];
  /** Those that were asked for, in percent of the CPU. */
  readonly targets: Readonly<Record<string, number>>;
  readonly costs_us: Costs;
  /** Half of each cost's 95% interval, in percent of it; null if it did not come to that. */
  readonly errors_pct: Costs | null;
  readonly readings: Readonly<Record<string, Interval>>;
  readonly rounds: readonly CalibrationRound[];
}

export interface CalibrationOptions {
  /** Seeds per set of costs where slopes are taken. */
  readonly seeds: number;
  readonly rounds: number;
  /** Half of the 95% interval that each cost may have, in percent of it. */
  readonly precisionPct: number;
  readonly pool: RunPool;
  readonly onProgress?: (round: number, done: number, total: number) => void;
  readonly onRound?: (round: CalibrationRound) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Where a search ended, so that the next need not begin afresh. */
interface Foothold {
  readonly found: Found;
  readonly aims: readonly Aim[];
}

/**
 * Fits the costs that nobody measured to several lists of targets, each from where the one before
 * ended.
 * @param definitions the experiments of all targets; their costs are where the first fit begins
 * @param lists one target per cost, in any order
 * @throws InputError if nothing is answered, as then no reading says how to go on
 */
export async function* calibrateAll(
  definitions: readonly Definition[],
  lists: readonly (readonly Aim[])[],
  options: CalibrationOptions,
): AsyncGenerator<Fit> {
  let foothold: Foothold | null = null;
  for (const list of lists) {
    const aims = FITTED_COSTS.flatMap((cost) => list.find(({ tells }) => tells === cost) ?? []);
    const { fit, found } = await calibrate(definitions, aims, options, foothold);
    if (found.outcome === 'found') foothold = { found, aims };
    yield fit;
  }
}

async function calibrate(
  definitions: readonly Definition[],
  aims: readonly Aim[],
  { pool, signal, ...options }: CalibrationOptions,
  foothold: Foothold | null,
): Promise<{ readonly fit: Fit; readonly found: Found }> {
  const variants = new Set(aims.map(({ experiment, variant }) => `${experiment} ${variant}`));
  const watched = Object.entries(WATCHED)
    .map(([name, reading]) => ({ name, experiment: 'snort', ...reading }))
    .filter(({ experiment, variant }) => variants.has(`${experiment} ${variant}`));
  const wanted: Reading[] = [...aims, ...watched];
  const rounds: CalibrationRound[] = [];
  const found = await searchRoot({
    ...beginningOf(definitions, aims, foothold),
    targets: aims.map(({ pct }) => pct),
    seeds: options.seeds,
    rounds: options.rounds,
    precision: options.precisionPct / 100,
    tolerance: TOLERANCE_PCT,
    read: (points, seeds) => {
      const onProgress = (done: number, total: number) =>
        options.onProgress?.(rounds.length + 1, done, total);
      return readAt(points, seeds, wanted, definitions, pool, { onProgress, signal });
    },
    onRound: ({ round, phase, point, readings }) => {
      const seen = watched.map(({ name }, i) => [name, readings[aims.length + i]?.mean]);
      const watchedMeans = { ...UNSEEN, ...Object.fromEntries(seen) };
      if (watchedMeans.replies_rps === 0) {
        const got = `round ${round}: got no reply at all with these costs`;
        throw new InputError(`${got}; allowed: costs with which requests are answered`);
      }
      const costs_us = costsOf(point);
      rounds.push({
        round,
        phase,
        costs_us,
        readings: byTarget(aims, readings),
        watched: watchedMeans,
      });
      options.onRound?.(rounds.at(-1) as CalibrationRound);
    },
  });
  const fit: Fit = {
    outcome: found.outcome,
    targets: Object.fromEntries(aims.map(({ name, pct }) => [name, pct])),
    costs_us: costsOf(found.point),
    errors_pct: found.errors && costsOf(found.errors.map((error) => 100 * error)),
    readings: byTarget(aims, found.readings),
    rounds,
  };
  return { fit, found };
}

const UNSEEN = {
  replies_rps: Number.NaN,
  missed_pct: Number.NaN,
  inside_missed_pct: Number.NaN,
};

/** The costs of the definitions, or those before; of the same targets what their slopes promise. */
function beginningOf(
  definitions: readonly Definition[],
  aims: readonly Aim[],
  foothold: Foothold | null,
): Pick<RootProblem, 'start' | 'slopes'> {
  if (foothold === null) {
    const machine = definitions[0]?.variants[0]?.machine;
    return { start: FITTED_COSTS.map((name) => machine?.costs[name].value ?? Number.NaN) };
  }
  const { point, slopes, readings } = foothold.found;
  if (slopes === null || aims.some(({ name }, i) => foothold.aims[i]?.name !== name)) {
    return { start: point };
  }
  const off = aims.map(({ pct }, i) => (readings[i]?.mean ?? Number.NaN) - pct);
  const step = dampedStep(slopes, off);
  return { start: point.map((cost, i) => cost * Math.exp(step[i] ?? 0)), slopes };
}

function costsOf(numbers: readonly number[]): Costs {
  const [web_request = Number.NaN, dom0_packet = Number.NaN, snort_packet = Number.NaN] = numbers;
  return { web_request, dom0_packet, snort_packet };
}

function byTarget(aims: readonly Aim[], readings: readonly Interval[]): Record<string, Interval> {
  return Object.fromEntries(
    aims.flatMap(({ name }, i) => {
      const reading = readings[i];
      return reading === undefined ? [] : [[name, reading]];
    }),
  );
}
