import { join } from 'node:path';
import { InputError } from '../../base/input-error.js';
import type { Metric, SeedRun } from '../../measure/experiment-result.js';
import { sampleColumns } from '../csv/columns.js';
import { DESCRIPTOR } from '../folder/descriptor.js';
import type { StoredField, StoredPackage } from './stored-package.js';
import { readTable, type StoredRow } from './stored-table.js';

/** A variant's metrics, as the data package describes the columns of its samples. */
export function storedMetrics({ resources }: StoredPackage, folder: string, id: string): Metric[] {
  const path = `${id}.csv`;
  const fields = resources.find((resource) => resource.path === path)?.schema?.fields;
  if (fields === undefined) {
    const file = join(folder, DESCRIPTOR);
    throw new InputError(`${file}: resources: got no table ${path}; allowed: one per variant`);
  }
  return fields.filter(({ name }) => name !== 'seed' && name !== 'time_s').map(metricOf);
}

function metricOf({ name, title, unit, description }: StoredField): Metric {
  return {
    name,
    label: title ?? name,
    unit: unit ?? '',
    description: (description ?? '').replace(/\.$/, ''),
  };
}

/** A variant's samples: when they end, and by seed what they are. */
export function storedRuns(
  folder: string,
  id: string,
  metrics: readonly Metric[],
  seeds: readonly number[],
): { readonly timesS: readonly number[]; readonly runs: readonly SeedRun[] } {
  const rows = readTable(folder, `${id}.csv`, sampleColumns(metrics));
  const bySeed = new Map<number, StoredRow[]>(seeds.map((seed) => [seed, []]));
  for (const row of rows) {
    const own =
      bySeed.get(row.number('seed')) ?? row.refuse('seed', `a seed that ${DESCRIPTOR} lists`);
    own.push(row);
  }
  const timesS = (bySeed.get(seeds[0] ?? 0) ?? []).map((row) => row.number('time_s'));
  const runs = seeds.map((seed): SeedRun => {
    const own = bySeed.get(seed) ?? [];
    own.forEach((row, i) => {
      if (row.number('time_s') !== timesS[i]) {
        row.refuse('time_s', `${timesS[i] ?? 'nothing'}, as with seed ${seeds[0]}`);
      }
    });
    if (own.length !== timesS.length || own.length === 0) {
      throw new InputError(
        `${join(folder, `${id}.csv`)}: seed: got ${own.length} samples with ${seed}; ` +
          `allowed: ${timesS.length || 'at least 1'}, the same with each seed`,
      );
    }
    const values = metrics.map(({ name }) =>
      Float64Array.from(own, (row) => row.optional(name) ?? Number.NaN),
    );
    return { seed, values };
  });
  return { timesS, runs };
}
