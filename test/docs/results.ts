/** What the shipped results have, for the numbers of the documents. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../commands/offloadcage.js';
import { type Reading, readingOf, rowsOf } from '../experiments/documented-readings.js';
import { readCsv } from '../output/csv-reader.js';
import type { Table } from './statements.js';

const folderOf = (experiment: string) => join(root, 'results', experiment);

export const reading = (experiment: string, variant: string, metric: string): Reading =>
  readingOf(folderOf(experiment), variant, metric);

/** The mean of a metric over the seeds. @throws Error if the results do not have it */
export function mean(experiment: string, variant: string, metric: string): number {
  const { mean: value } = reading(experiment, variant, metric);
  if (Number.isNaN(value)) throw new Error(`no ${metric} of ${variant} in results/${experiment}`);
  return value;
}

/** The mean of a metric between two times, over the seeds. */
export function sampleMean(
  experiment: string,
  variant: string,
  metric: string,
  fromS: number,
  toS: number,
): number {
  const [head = [], ...rows] = readCsv(
    readFileSync(join(folderOf(experiment), `${variant}.csv`), 'utf8'),
  );
  const [time, column] = [head.indexOf('time_s'), head.indexOf(metric)];
  const within = rows.filter((row) => Number(row[time]) > fromS && Number(row[time]) <= toS);
  return within.reduce((sum, row) => sum + Number(row[column]), 0) / within.length;
}

/** How much of the IDS's CR3 time a kind of work is, in percent. */
export function share(experiment: string, variant: string, part: string): number {
  const row = rowsOf(folderOf(experiment), 'breakdown').find(
    ([v, name]) => v === variant && name === part,
  );
  if (row === undefined) throw new Error(`no "${part}" of ${variant} in results/${experiment}`);
  return Number(row[3]);
}

/** By how many points CR3 shows more of a process than /proc does. */
export function cr3OverProc(
  experiment: string,
  variant: string,
  process: string,
  proc: 'proc' | 'proc_wall',
): number {
  const cr3 = mean(experiment, variant, `${process}_cr3_pct`);
  return cr3 - mean(experiment, variant, `${process}_${proc}_pct`);
}

/** What a condition of a claim, or another set-up, measures. */
export function claimMean(claim: string, condition: string): number {
  const [head = [], ...rows] = readCsv(readFileSync(folderOf('claims.csv'), 'utf8'));
  const row = rows.find(([id, , name]) => id === claim && name === condition);
  if (row === undefined) throw new Error(`no "${condition}" of ${claim} in results/claims.csv`);
  return Number(row[head.indexOf('measured')]);
}

/** A claim as it is judged in `results/claims.csv`. */
export interface JudgedClaim {
  readonly id: string;
  /** Of the paper, "text" about its experiments, or where it argues. */
  readonly figure: string;
  readonly basis: string;
  readonly verdict: string;
}

export function judgedClaims(): JudgedClaim[] {
  const [head = [], ...rows] = readCsv(readFileSync(folderOf('claims.csv'), 'utf8'));
  const columns = ['claim', 'figure', 'basis', 'verdict'];
  const [id, figure, basis, verdict] = columns.map((name) => head.indexOf(name));
  const judged = rows.map((row) => ({
    id: row[id ?? -1] ?? '',
    figure: row[figure ?? -1] ?? '',
    basis: row[basis ?? -1] ?? '',
    verdict: row[verdict ?? -1] ?? '',
  }));
  return judged.filter(
    (claim, at) => claim.basis !== '' && judged.findIndex(({ id }) => id === claim.id) === at,
  );
}

/** A row of a table of readings: label, metric, decimals, unit. */
export type ReadingRow = readonly [label: string, metric: string, decimals: number, unit: string];

/** A table with a column per variant. */
export function readingTable(
  head: string,
  experiment: string,
  variants: readonly string[],
  rows: readonly ReadingRow[],
): Table {
  return {
    head,
    rows: rows.map(([label, metric, decimals, unit]) => {
      const cells = variants.map((variant) => {
        const { mean: value, half } = reading(experiment, variant, metric);
        return `${value.toFixed(decimals)} ± ${half.toFixed(decimals)}${unit}`;
      });
      return `| ${[label, ...cells].join(' | ')} |`;
    }),
  };
}
