import { describe, expect, test } from 'vitest';
import type { Definition } from '../../src/definition/definition.js';
import { withMachines, withValues } from '../../src/definition/machines/machine-changes.js';
import { withDuration } from '../../src/definition/resolve-definition.js';
import { findExperiment } from '../../src/files/experiment-catalog.js';
import { readYamlFile } from '../../src/files/read-yaml.js';
import { experimentFile } from '../../src/files/shipped.js';
import {
  type CalibrationRound,
  calibrateAll,
  type Fit,
} from '../../src/run/calibration/calibration.js';
import { readAt } from '../../src/run/calibration/cost-readings.js';
import { type Aim, TARGETS } from '../../src/run/calibration/targets.js';
import { openRunPool } from '../../src/run/run-pool.js';
import { runExperiment } from '../../src/run/runner.js';
import { definitionWith } from '../../src/sweep/definition-with.js';

type Costs = readonly [web: number, dom0: number, snort: number];

function snortWith(set: readonly string[]): Definition {
  return definitionWith(readYamlFile(experimentFile('snort')), { set }).definition;
}

function experimentWith(id: string, costs: Costs, durationS: number): Definition {
  const [web_request, dom0_packet, snort_packet] = costs;
  const definition = withDuration(findExperiment(id), durationS * 1e9);
  return withMachines(definition, (machine) =>
    withValues(machine, { web_request, dom0_packet, snort_packet }),
  );
}

function aims(values: Readonly<Record<string, number>>): Aim[] {
  return TARGETS.flatMap((target) => {
    const pct = values[target.name];
    return pct === undefined ? [] : [{ ...target, pct }];
  });
}

const PAPER = aims({ vm_cpu_pct: 34, no_offload_total_cpu_pct: 80, snort_cpu_pct: 60 });
const pool = openRunPool(1);

async function fitted(
  start: Costs,
  lists: readonly (readonly Aim[])[],
  { durationS = 4, seeds = 1, rounds = 1, precisionPct = 3 },
) {
  const seen: CalibrationRound[] = [];
  const fits: Fit[] = [];
  const onRound = (round: CalibrationRound) => seen.push(round);
  const definitions = [experimentWith('snort', start, durationS)];
  const options = { seeds, rounds, precisionPct, pool, onRound };
  for await (const fit of calibrateAll(definitions, lists, options)) fits.push(fit);
  return { fits, seen };
}

test('readings are those of the experiments with these costs, by seed', async () => {
  const costs: Costs = [50, 7, 6];
  const definitions = ['snort', 'tripwire'].map((id) => experimentWith(id, [40, 5, 5], 2));
  const readings = ['no_offload_total_cpu_pct', 'tripwire_total_cpu_pct'].flatMap((name) =>
    TARGETS.filter((target) => target.name === name),
  );
  const [rows = []] = await readAt([costs], [3, 4], readings, definitions, pool, {
    onProgress: () => {},
    signal: undefined,
  });
  const snort = await runExperiment(experimentWith('snort', costs, 2), { seeds: [3, 4] });
  const tripwire = await runExperiment(experimentWith('tripwire', costs, 2), { seeds: [3, 4] });
  const means = ({ variants }: typeof snort, id: string, metric: string) => {
    const variant = variants.find((one) => one.id === id);
    const column = variant?.metrics.findIndex(({ name }) => name === metric) ?? -1;
    return (variant?.runs ?? []).map((run) => run.means[column]);
  };
  const expected = [
    means(snort, 'no-offload', 'total_cpu_pct'),
    means(tripwire, 'offloadcage', 'total_cpu_pct'),
  ];
  for (const [s, row] of rows.entries()) {
    // What the experiment sums up in each sample is summed up of means here.
    for (const [i, value] of row.entries()) {
      expect(value).toBeCloseTo(expected[i]?.[s] ?? Number.NaN, 6);
    }
  }
});

describe('a fit', () => {
  test('reports its rounds as they come, and is the same again', async () => {
    const { fits, seen } = await fitted([30, 5, 3], [PAPER], { rounds: 2 });
    expect(fits[0]?.rounds).toEqual(seen);
    expect(seen.map(({ round }) => round)).toEqual([1, 2]);
    expect(await fitted([30, 5, 3], [PAPER], { rounds: 2 })).toEqual({ fits, seen });
  });

  test('moves each cost by its own reading at first', async () => {
    const { seen } = await fitted([30, 5, 3], [PAPER], { rounds: 2 });
    const [first, second] = seen;
    for (const { name, tells, pct } of PAPER) {
      const isLow = (first?.readings[name]?.mean ?? 0) < pct;
      const change = (second?.costs_us[tells] ?? 0) - (first?.costs_us[tells] ?? 0);
      expect(change > 0).toBe(isLow);
    }
  });

  test('finds the costs of a machine from what that reads, at its load', async () => {
    const costs: Costs = [60, 8, 6];
    const load = ['duration=10s', 'rate=2000'];
    const sets = ['web_request', 'dom0_packet', 'snort_packet'].map(
      (name, i) => `${name}=${costs[i]}`,
    );
    const targets = TARGETS.filter(({ name }) =>
      ['vm_cpu_pct', 'no_offload_dom0_cpu_pct', 'snort_cpu_pct'].includes(name),
    );
    const seeds = Array.from({ length: 10 }, (_, i) => 1001 + i);
    const measured = [snortWith([...load, ...sets])];
    const [rows = []] = await readAt([costs], seeds, targets, measured, pool, {
      onProgress: () => {},
      signal: undefined,
    });
    const list = targets.map((target, i) => ({
      ...target,
      pct: rows.reduce((sum, row) => sum + (row[i] ?? Number.NaN), 0) / rows.length,
    }));
    const options = { seeds: 1, rounds: 40, precisionPct: 3, pool };
    const fits: Fit[] = [];
    for await (const fit of calibrateAll([snortWith(load)], [list], options)) {
      fits.push(fit);
    }
    expect(fits[0]?.outcome).toBe('found');
    for (const [i, cost] of Object.values(fits[0]?.costs_us ?? {}).entries()) {
      expect(Math.abs(cost / (costs[i] ?? 0) - 1)).toBeLessThan(0.05);
    }
  });

  test('is refused where nothing is answered, as no reading says how to go on', async () => {
    await expect(fitted([30, 1_000_000, 3], [PAPER], {})).rejects.toThrow('got no reply at all');
  });
});
