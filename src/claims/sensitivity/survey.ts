import { availableParallelism } from 'node:os';
import { withAssumed } from '../../definition/assumed-settings.js';
import type { Definition } from '../../definition/definition.js';
import { quantitiesOf, scaled } from '../../definition/machines/machine-changes.js';
import { withSetUps } from '../../definition/set-up.js';
import { type RunPool, withRunPool } from '../../run/run-pool.js';
import { type MeasuredExperiment, runExperiments, seedList } from '../../run/runner.js';
import type { RunStore } from '../../run/store/run-store.js';
import { assumedBy } from '../assumed.js';
import { type Claim, runsFor, withoutAsides } from '../claim.js';
import { measureCondition } from '../judge.js';
import { nearestMargin } from '../margins.js';
import { latinHypercube, oneAtATime, type Point } from './sensitivity-points.js';

/** What becomes of one claim at one point. */
export interface Outcome {
  /** From our mean to the nearest bound of the claim; negative outside. */
  readonly margin: number;
  readonly unit: string;
}

export interface SurveyedPoint extends Point {
  /** By claim, in the order of the survey's. */
  readonly outcomes: readonly Outcome[];
}

/** Claims in set-ups of which is varied what nobody measured. */
export interface Survey {
  readonly claims: readonly { readonly id: string; readonly statement: string }[];
  /** What is varied, by name: costs that are fitted or assumed, and settings that are assumed. */
  readonly costs: readonly string[];
  /** The shipped set-up first. */
  readonly points: readonly SurveyedPoint[];
}

export interface SurveyOptions {
  /** Points at which all costs are varied together. */
  readonly hypercubePoints: number;
  /** Of the hypercube, and the first one of the runs. */
  readonly seed: number;
  /** Runs of each variant at each point. */
  readonly seeds: number;
  /** Measured time, except where a claim speaks of a later one. */
  readonly durationNs: number;
  readonly jobs?: number | undefined;
  /** Where runs are looked for and kept; null: nowhere. */
  readonly store: RunStore | null;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** So many points at a time: of those that are done, nothing is kept but the margins. */
const POINTS_AT_A_TIME = 16;

/**
 * Judges claims by their means in many set-ups: the shipped one, with each fitted or assumed cost
 * or setting varied by itself, and with all varied together.
 * @param definitions all that the claims need
 */
export async function survey(
  claims: readonly Claim[],
  definitions: readonly Definition[],
  options: SurveyOptions,
): Promise<Survey> {
  const bare = withoutAsides(claims);
  const costs = unmeasured(definitions, bare);
  const points: Point[] = [
    { kind: 'base', factors: new Map() },
    ...oneAtATime(costs),
    ...latinHypercube(costs, options.hypercubePoints, options.seed),
  ];
  const surveyed: SurveyedPoint[] = [];
  await withRunPool(options.jobs ?? availableParallelism(), options.store, async (pool) => {
    for (let from = 0; from < points.length; from += POINTS_AT_A_TIME) {
      const some = points.slice(from, from + POINTS_AT_A_TIME);
      surveyed.push(
        ...(await surveyPoints(some, bare, definitions, { ...options, pool }, (part) =>
          options.onProgress?.(from + part * some.length, points.length),
        )),
      );
    }
  });
  return {
    claims: claims.map(({ id, statement }) => ({ id, statement })),
    costs,
    points: surveyed,
  };
}

/** Whether a claim is borne out at a point. */
export function survives({ margin }: Outcome): boolean {
  return margin >= 0;
}

/** Of costs all there are; of settings those of the variants that the claims look at. */
function unmeasured(definitions: readonly Definition[], claims: readonly Claim[]): string[] {
  const variants = definitions.flatMap((definition) => definition.variants);
  const costs = variants.flatMap(({ machine }) =>
    quantitiesOf(machine)
      .filter(([, { origin, value }]) => (origin === 'fitted' || origin === 'assumed') && value > 0)
      .map(([name]) => name),
  );
  return [...new Set([...costs, ...assumedBy(claims, definitions)])];
}

/** @param onProgress gets the part that is done, 0 to 1 */
async function surveyPoints(
  points: readonly Point[],
  claims: readonly Claim[],
  definitions: readonly Definition[],
  { seed, seeds, durationNs, pool, signal }: SurveyOptions & { readonly pool: RunPool },
  onProgress: (part: number) => void,
): Promise<SurveyedPoint[]> {
  const runs = runsFor(claims);
  const needed = definitions.filter(({ id }) => runs.has(id));
  const wanted = points.flatMap(({ factors }) =>
    needed.map((definition) => ({
      definition: withSetUps(definition, ({ settings, machine }) => ({
        settings: withAssumed(settings, factors),
        machine: scaled(machine, factors),
      })),
      variants: [...(runs.get(definition.id) ?? [])],
      seeds: seedList(seed, seeds),
      durationNs: Math.max(durationNs, windowEndNs(claims, definition.id)),
    })),
  );
  const results = await runExperiments(wanted, {
    pool,
    signal,
    onProgress: (done, total) => onProgress(done / total),
  });
  return points.map((point, p) => {
    const own = results.slice(p * needed.length, (p + 1) * needed.length);
    return { ...point, outcomes: claims.map((claim) => outcomeOf(claim, own)) };
  });
}

/** By the means alone: a survey runs each point once. */
function outcomeOf(claim: Claim, results: readonly MeasuredExperiment[]): Outcome {
  const conditions = claim.conditions.map((condition) => {
    const measured = measureCondition(condition, claim, results);
    if ('missing' in measured) throw new Error(`${claim.id}: ${measured.missing}`);
    return measured;
  });
  const { margin, marginUnit } = nearestMargin(conditions);
  return { margin, unit: marginUnit };
}

/** Up to when a claim looks at an experiment; 0 if it takes the whole of it. */
function windowEndNs(claims: readonly Claim[], experiment: string): number {
  const ends = claims.flatMap((claim) =>
    claim.conditions
      .filter((condition) => (condition.experiment ?? claim.experiment) === experiment)
      .map(({ measure }) => ('window' in measure ? (measure.window?.toS ?? 0) : 0)),
  );
  return 1e9 * Math.max(0, ...ends);
}
