/** What `results/` holds, read back: real data for pictures, without a simulation. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Definition, Variant } from '../../src/definition/definition.js';
import { metricsOf } from '../../src/definition/metrics/metrics.js';
import { paperExperiments } from '../../src/files/experiment-catalog.js';
import type { ExperimentResult, VariantResult } from '../../src/measure/experiment-result.js';
import { ChartCollector, type SweepChart } from '../../src/output/sweep/chart-data.js';
import { planSweep } from '../../src/sweep/plan.js';
import { asWritten } from '../../src/sweep/request.js';
import type { SweepRow } from '../../src/sweep/sweep.js';
import { loadSweeps, type SweepSource } from '../../src/sweep/sweep-file.js';

const SHIPPED = fileURLToPath(new URL('../../results', import.meta.url));

/** Columns of a table by their names; no cell here is quoted. */
function tableOf(...path: readonly string[]) {
  const text = readFileSync(join(SHIPPED, ...path), 'utf8');
  const [head = [], ...rows] = text
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
  return (name: string) => {
    const at = head.indexOf(name);
    return rows.map((row) => (row[at] ? Number(row[at]) : Number.NaN));
  };
}

function variantResult(definition: Definition, { id, title, input, subject }: Variant) {
  const column = tableOf(definition.id, `${id}.csv`);
  const metrics = metricsOf(input, subject);
  const seeds = column('seed');
  const drawn = definition.figures.flatMap(({ lines }) => lines.map(({ metric }) => metric));
  const columns = metrics.map(({ name }) => (drawn.includes(name) ? column(name) : []));
  const runs = [...new Set(seeds)].map((seed) => ({
    seed,
    values: columns.map((values) =>
      Float64Array.from(values.filter((_, row) => seeds[row] === seed)),
    ),
  }));
  const timesS = column('time_s').filter((_, row) => seeds[row] === seeds[0]);
  const result: VariantResult = {
    id,
    title,
    description: '',
    metrics,
    timesS,
    runs,
    summary: {},
    headlines: [],
    breakdown: [],
    counters: [],
  };
  return result;
}

/** The shipped experiments with their figures and the samples of these; no summaries. */
export function shippedResults(): ExperimentResult[] {
  return paperExperiments().map((definition) => {
    const variants = definition.variants.map((variant) => variantResult(definition, variant));
    return {
      id: definition.id,
      title: definition.title,
      description: '',
      paper: '',
      version: '0',
      definitionHash: '0',
      seeds: variants[0]?.runs.map(({ seed }) => seed) ?? [],
      durationS: definition.durationNs / 1e9,
      warmupS: definition.warmupNs / 1e9,
      sampleS: definition.sampleNs / 1e9,
      variants,
      figures: definition.figures,
      claims: [],
      unjudged: [],
    };
  });
}

/** The charts of the shipped sweeps, by the sweep's id. */
export async function shippedCharts(): Promise<[string, readonly SweepChart[]][]> {
  const all: [string, readonly SweepChart[]][] = [];
  for (const source of loadSweeps()) all.push([source.id, await chartsOf(source)]);
  return all;
}

async function chartsOf(source: SweepSource): Promise<SweepChart[]> {
  const { sweep } = planSweep(asWritten(source));
  const column = tableOf('sweeps', source.id, `${source.id}.csv`);
  const columns = sweep.metrics.map(({ name }) => column(name));
  const collector = new ChartCollector(sweep);
  async function* rows(): AsyncGenerator<SweepRow> {
    for (const run of column('seed').keys()) {
      yield { run, values: columns.map((values) => values[run] ?? null) };
    }
  }
  for await (const _ of collector.watch(rows()));
  return collector.charts();
}
