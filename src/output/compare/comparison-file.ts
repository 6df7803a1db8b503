import type { Comparison } from '../../measure/comparison.js';
import { type Column, integer, number, text } from '../csv/columns.js';
import { boundsOf, toCsv } from '../csv/csv.js';
import { finite } from '../json/json.js';

/** The columns of a comparison. These names and their order are a promise. */
const COLUMNS: readonly Column[] = [
  text('metric', 'The metric.'),
  text('unit', 'Its unit.'),
  text('variant', 'What is compared: experiment, file or folder, and variant.'),
  number('mean', 'Mean over the seeds.'),
  number('ci95_lo', 'Lower end of the 95% confidence interval of the mean.'),
  number('ci95_hi', 'Upper end of it.'),
  integer('n', 'Number of seeds with a value.'),
  number('difference', 'Mean less that of the first variant.'),
  number('difference_ci95_lo', 'Lower end of the 95% confidence interval of the difference.'),
  number('difference_ci95_hi', 'Upper end of it.'),
  text('pairing', 'paired: the mean of the differences seed by seed; unpaired: of two samples.'),
];

const DECIMALS = 4;

/** One row per metric and variant that has it. */
export function comparisonCsv(comparison: Comparison): string {
  const rows = comparisonRows(comparison).map(({ difference, ci95, ...row }) => ({
    ...row,
    ...boundsOf({ ci95 }),
    difference: difference?.mean ?? null,
    difference_ci95_lo: difference?.ci95?.[0] ?? null,
    difference_ci95_hi: difference?.ci95?.[1] ?? null,
    pairing: difference === null ? null : difference.paired ? 'paired' : 'unpaired',
  }));
  return toCsv(COLUMNS, rows, DECIMALS);
}

/** What `--json` prints. */
export function comparisonJson({ sides, metrics }: Comparison) {
  return {
    sides: sides.map(({ name, title, seeds }) => ({ name, title, seeds })),
    metrics: metrics.map(({ name, label, unit, cells, differences }) => ({
      name,
      label,
      unit,
      means: cells.map((cell) =>
        cell === null ? null : { mean: finite(cell.mean), ci95: cell.ci95, n: cell.n },
      ),
      differences: differences.map((one) => (one === null ? null : { ...one })),
    })),
  };
}

function comparisonRows({ sides, metrics }: Comparison) {
  return metrics.flatMap(({ name, unit, cells, differences }) =>
    cells.flatMap((cell, i) => {
      if (cell === null) return [];
      const { mean, ci95, n } = cell;
      const variant = sides[i]?.name ?? '';
      return [{ metric: name, unit, variant, mean, ci95, n, difference: differences[i] ?? null }];
    }),
  );
}
