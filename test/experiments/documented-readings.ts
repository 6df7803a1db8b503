/** Readings as the documents give them, from a folder of results. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCsv } from '../output/csv-reader.js';

export interface Reading {
  readonly mean: number;
  /** Half the width of the 95% interval. */
  readonly half: number;
}

/** A table of an experiment's results, without its header. */
export function rowsOf(results: string, table: string): string[][] {
  return readCsv(readFileSync(join(results, `${table}.csv`), 'utf8')).slice(1);
}

export function readingOf(results: string, variant: string, metric: string): Reading {
  const row = rowsOf(results, 'summary').find(([v, m]) => v === variant && m === metric) ?? [];
  const [, , , mean = Number.NaN, , low = Number.NaN, high = Number.NaN] = row.map(Number);
  return { mean, half: (high - low) / 2 };
}
