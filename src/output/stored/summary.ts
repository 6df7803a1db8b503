import type { Summary } from '../../measure/experiment-result.js';
import type { StoredRow } from './stored-table.js';

/** The statistics in a row; `mean` is the name of their column. */
export function storedSummary(row: StoredRow, mean: string): Summary {
  const low = row.optional('ci95_lo');
  const high = row.optional('ci95_hi');
  return {
    mean: row.optional(mean) ?? Number.NaN,
    sd: row.optional('sd'),
    ci95: low === null || high === null ? null : [low, high],
    n: row.number('n'),
    unit: row.text('unit'),
  };
}
