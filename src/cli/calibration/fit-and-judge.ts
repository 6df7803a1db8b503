import { availableParallelism } from 'node:os';
import { CLAIMS } from '../../claims/catalog.js';
import { experimentsOf } from '../../claims/claim.js';
import { claimsAtCosts } from '../../claims/claims-at-costs.js';
import type { Definition } from '../../definition/definition.js';
import type { JudgedFit } from '../../output/calibration/fit-table.js';
import { type Progress, progressText, startProgress } from '../../output/terminal/progress.js';
import { type CalibrationRound, calibrateAll } from '../../run/calibration/calibration.js';
import type { Aim } from '../../run/calibration/targets.js';
import { withRunPool } from '../../run/run-pool.js';
import type { RunStore } from '../../run/store/run-store.js';

export interface FitOptions {
  readonly claims: boolean;
  readonly precision: number;
  readonly seeds: number;
  readonly rounds: number;
  readonly jobs?: number | undefined;
  readonly store: RunStore | null;
  readonly isSilent: boolean;
  readonly onRound: (round: CalibrationRound) => void;
  readonly onFit: (fit: JudgedFit) => void;
  readonly signal: AbortSignal;
}

/**
 * Fits costs to each list of targets and judges claims at them, with progress on stderr.
 * @param definitions all that targets and claims need
 */
export async function fitAndJudge(
  definitions: readonly Definition[],
  lists: readonly (readonly Aim[])[],
  { claims, precision, jobs, store, isSilent, onRound, onFit, ...options }: FitOptions,
): Promise<JudgedFit[]> {
  const fits: JudgedFit[] = [];
  const ids = definitions.map(({ id }) => id);
  const judged = CLAIMS.filter((claim) => experimentsOf(claim).every((id) => ids.includes(id)));
  const progress = new PartProgress(isSilent);
  const place = () => (lists.length === 1 ? '' : `fit ${fits.length + 1} of ${lists.length}, `);
  try {
    await withRunPool(jobs ?? availableParallelism(), store, async (pool) => {
      const search = calibrateAll(definitions, lists, {
        ...options,
        precisionPct: precision,
        pool,
        onProgress: (round, ...counts) => progress.update(`${place()}round ${round}`, ...counts),
        onRound: (round) => {
          progress.stop();
          onRound(round);
        },
      });
      for await (const fit of search) {
        const conduct = {
          pool,
          signal: options.signal,
          onProgress: (...counts: [number, number]) =>
            progress.update(`${place()}claims`, ...counts),
        };
        const whole = claims
          ? { ...fit, at_costs: await claimsAtCosts(judged, definitions, fit.costs_us, conduct) }
          : fit;
        progress.stop();
        fits.push(whole);
        onFit(whole);
      }
    });
    return fits;
  } finally {
    progress.stop();
  }
}

/** Progress of one part after the other, with room between them for what is printed. */
class PartProgress {
  private progress: Progress | null = null;
  private part = '';

  constructor(private readonly isSilent: boolean) {}

  update(part: string, done: number, total: number): void {
    this.part = part;
    this.progress ??= startProgress(process.stderr, this.isSilent, process.env, (...counts) =>
      progressText(...counts).replace('Simulating', `Simulating, ${this.part}`),
    );
    this.progress.update(done, total);
  }

  stop(): void {
    this.progress?.stop();
    this.progress = null;
  }
}
