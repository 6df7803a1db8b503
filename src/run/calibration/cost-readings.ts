import type { Definition, Variant } from '../../definition/definition.js';
import { withMachines, withValues } from '../../definition/machines/machine-changes.js';
import { metricsOf } from '../../definition/metrics/metrics.js';
import { type RunPool, runAll } from '../run-pool.js';
import type { Rows } from './root-search.js';
import { FITTED_COSTS } from './targets.js';

/** Metrics of one variant, added up. */
export interface Reading {
  readonly experiment: string;
  readonly variant: string;
  readonly metrics: readonly string[];
}

/** How runs are done, and who is told. */
export interface ReadingOptions {
  /** Runs of one set of costs and one seed after the other. */
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal | undefined;
}

/**
 * Runs the experiments that the readings are of, each variant once per set of costs and seed.
 * @param points sets of costs, in the order of `FITTED_COSTS` and in us
 * @returns for each set, a row per seed with a number per reading
 */
export async function readAt(
  points: readonly (readonly number[])[],
  seeds: readonly number[],
  readings: readonly Reading[],
  definitions: readonly Definition[],
  pool: RunPool,
  { onProgress, signal }: ReadingOptions,
): Promise<Rows[]> {
  const runs = points.map((costs) => variantsAt(costs, readings, definitions));
  const tasks = runs.flatMap((variants) =>
    variants.flatMap(({ experiment, variant: { id, input, subject } }) =>
      seeds.map((seed) => ({ name: `${experiment}, variant ${id}`, input, subject, seed })),
    ),
  );
  let done = 0;
  onProgress(0, tasks.length);
  const onDone = () => onProgress(++done, tasks.length);
  const results = await runAll(tasks, pool, { onDone, signal });
  let taken = 0;
  return runs.map((variants) => {
    const first = taken;
    taken += variants.length * seeds.length;
    return seeds.map((_, s) =>
      readings.map((reading) => {
        const v = variants.findIndex((one) => isOf(reading, one));
        const { means = [] } = results[first + v * seeds.length + s] ?? {};
        return (variants[v]?.columns(reading) ?? [])
          .map((column) => means[column] ?? Number.NaN)
          .reduce((sum, mean) => sum + mean, 0);
      }),
    );
  });
}

interface VariantAt {
  readonly experiment: string;
  readonly variant: Variant;
  /** Where a reading's metrics stand in the results. */
  readonly columns: (reading: Reading) => number[];
}

/** The variants that the readings need, at these costs. */
function variantsAt(
  costs: readonly number[],
  readings: readonly Reading[],
  definitions: readonly Definition[],
): VariantAt[] {
  const values = Object.fromEntries(FITTED_COSTS.map((name, i) => [name, costs[i] ?? Number.NaN]));
  return definitions.flatMap((definition) =>
    withMachines(definition, (machine) => withValues(machine, values))
      .variants.map((variant) => variantAt(definition.id, variant))
      .filter((one) => readings.some((reading) => isOf(reading, one))),
  );
}

function variantAt(experiment: string, variant: Variant): VariantAt {
  const names = metricsOf(variant.input, variant.subject).map(({ name }) => name);
  const columns = ({ metrics }: Reading) => metrics.map((metric) => names.indexOf(metric));
  return { experiment, variant, columns };
}

function isOf(reading: Reading, { experiment, variant }: VariantAt): boolean {
  return reading.experiment === experiment && reading.variant === variant.id;
}
