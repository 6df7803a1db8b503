import { type Claim, runsFor } from '../claims/claim.js';
import { type AskedReading, ask, type Matrix, matrixOf } from '../claims/readings/matrix.js';
import { READINGS } from '../claims/readings/readings.js';
import { findExperiment } from '../files/experiment-catalog.js';
import type { MeasuredExperiment } from '../run/runner.js';
import type { RunStore } from '../run/store/run-store.js';
import type { RunFlags } from './experiment/experiment-flags.js';
import { simulate, type Wanted } from './experiment/simulation.js';

/** Claims as every reading asks them, and what has to be run for that. */
export interface AskedReadings {
  readonly claims: readonly Claim[];
  readonly readings: readonly AskedReading[];
  /** The runs of one reading after those of another. */
  readonly wanted: readonly Wanted[];
}

/** How claims are asked under each reading. */
export function askReadings(claims: readonly Claim[]): AskedReadings {
  const shipped = new Map([...runsFor(claims).keys()].map((id) => [id, findExperiment(id)]));
  const find = (id: string) => shipped.get(id) ?? findExperiment(id);
  const readings = READINGS.map((reading) => ask(claims, reading, find));
  const wanted = readings.flatMap(({ reading, runs }) =>
    runs.map((run) => ({ ...run, under: `reading ${reading.id}` })),
  );
  return { claims, readings, wanted };
}

/**
 * The verdicts.
 * @param results in the order of what was wanted
 */
export function judgeReadings(
  { claims, readings }: AskedReadings,
  results: readonly MeasuredExperiment[],
): Matrix {
  let taken = 0;
  const byReading = readings.map(({ runs }) => {
    const first = taken;
    taken += runs.length;
    return results.slice(first, taken);
  });
  return matrixOf(claims, readings, byReading);
}

/** Asks claims of each reading as the flags say, with progress on stderr. */
export async function readClaims(
  claims: readonly Claim[],
  flags: RunFlags,
  silent: boolean,
  signal: AbortSignal,
  store: RunStore | null,
): Promise<Matrix> {
  const asked = askReadings(claims);
  return judgeReadings(asked, await simulate(asked.wanted, flags, silent, signal, { store }));
}
