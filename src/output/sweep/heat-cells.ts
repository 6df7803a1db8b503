import { meanOfKnown } from '../words/mean.js';
import type { SweepChart } from './chart-data.js';
import { allEstimates } from './chart-text.js';

/** A variant's means by row and column, with the labels of both. */
export interface HeatCells {
  readonly rowLabels: readonly string[];
  readonly columnLabels: readonly string[];
  readonly values: readonly (readonly number[])[];
}

/** From the smallest to the largest mean. */
export interface ValueRange {
  readonly low: number;
  readonly high: number;
}

/** Of the means of all variants, which share one scale; null if there are no values. */
export function rangeOf(chart: SweepChart): ValueRange | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { mean } of allEstimates(chart)) {
    if (!Number.isFinite(mean)) continue;
    low = Math.min(low, mean);
    high = Math.max(high, mean);
  }
  return low <= high ? { low, high } : null;
}

/** Where a value is in the range, 0 to 1; 0 if there is only one. */
export function partOf(value: number, { low, high }: ValueRange): number {
  // Halves, as the difference may be beyond what a number holds.
  const half = high / 2 - low / 2;
  return half > 0 ? (value / 2 - low / 2) / half : 0;
}

/** Which of some equal parts of the range a value is in. */
export function levelOf(value: number, range: ValueRange, levels: number): number {
  return Math.min(levels - 1, Math.floor(partOf(value, range) * levels));
}

/** How many neighbours a cell must stand for, so that there are no more than `most`. */
export function mergedInto(count: number, most: number): number {
  return Math.max(1, Math.ceil(count / Math.max(1, most)));
}

/** The cells of a variant, each the mean of so many neighbours in rows and columns. */
export function heatCells(
  { axes, variants }: SweepChart,
  variant: number,
  rowsPerCell: number,
  columnsPerCell: number,
): HeatCells {
  const [rows, columns] = axes.map(({ labels }) => labels);
  const estimates = variants[variant]?.estimates ?? [];
  const width = columns?.length ?? 0;
  const starts = (labels: readonly string[] | undefined, step: number) =>
    [...(labels ?? []).keys()].filter((at) => at % step === 0);
  const valueAt = (row: number, column: number) => {
    const members: number[] = [];
    for (let r = row; r < Math.min(row + rowsPerCell, rows?.length ?? 0); r++) {
      for (let c = column; c < Math.min(column + columnsPerCell, width); c++) {
        members.push(estimates[r * width + c]?.mean ?? Number.NaN);
      }
    }
    return meanOfKnown(members);
  };
  const rowStarts = starts(rows, rowsPerCell);
  const columnStarts = starts(columns, columnsPerCell);
  return {
    rowLabels: rowStarts.map((at) => rows?.[at] ?? ''),
    columnLabels: columnStarts.map((at) => columns?.[at] ?? ''),
    values: rowStarts.map((row) => columnStarts.map((column) => valueAt(row, column))),
  };
}

/** "; a cell is the mean of up to 2 x 3 points, ...", if it is of several. */
export function mergedNote(rowsPerCell: number, columnsPerCell: number): string {
  return rowsPerCell * columnsPerCell === 1
    ? ''
    : `; a cell is the mean of up to ${rowsPerCell} x ${columnsPerCell} points, its labels are ` +
        'those of the first';
}

/** Decimals with which numbers of this size are told apart in a cell. */
export function cellDecimals({ low, high }: ValueRange): number {
  const size = Math.max(Math.abs(low), Math.abs(high));
  return size >= 100 ? 0 : size >= 10 ? 1 : 2;
}
