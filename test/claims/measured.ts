/** Synthetic results for claims; no simulation behind them. */
import { BREAKDOWN_PARTS, type BreakdownPartId } from '../../src/measure/breakdown.js';
import type { MeasuredVariant } from '../../src/measure/variant-result.js';
import type { MeasuredExperiment } from '../../src/run/runner.js';

const SAMPLES = 60;

/** Parts of the IDS's CR3 time in percent of one PCPU; those that are not named are 0. */
export function breakdown(parts: Partial<Record<BreakdownPartId, number>>): number[] {
  return BREAKDOWN_PARTS.map(({ id }) => parts[id] ?? 0);
}

/**
 * A variant of 60 samples of a second.
 * @param values by seed and metric, the same in every sample
 */
export function measuredVariant(
  id: string,
  metrics: readonly string[],
  values: readonly (readonly number[])[],
): MeasuredVariant {
  return {
    id,
    title: id,
    description: '',
    metrics: metrics.map((name) => ({ name, unit: '%', label: name, description: '' })),
    headlines: metrics,
    timesS: Array.from({ length: SAMPLES }, (_, i) => i + 1),
    runs: values.map((means, seed) => ({
      seed,
      values: means.map((mean) => new Float64Array(SAMPLES).fill(mean)),
      means,
      breakdownPct: breakdown({ own: 10, network: 30, switches: 10 }),
      networkInsidePct: 95,
      counters: [],
    })),
    summary: {},
    breakdown: [],
    counters: [],
    unlikeShipped: [],
  };
}

export function measuredExperiment(
  id: string,
  variants: readonly MeasuredVariant[],
): MeasuredExperiment {
  return {
    id,
    title: id,
    description: '',
    paper: '',
    version: '',
    definitionHash: '',
    seeds: [0, 1],
    durationS: SAMPLES,
    warmupS: 0,
    sampleS: 1,
    variants,
    figures: [],
    claims: [],
    unjudged: [],
  };
}
