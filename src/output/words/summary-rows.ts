import type { ExperimentResult, Interval, Summary } from '../../measure/experiment-result.js';
import { orderedNames } from '../../measure/headlines.js';
import { decimalsFor, formatNumber, halfWidth } from './numbers.js';

/** A metric in a table of means. */
export interface SummaryRow {
  /** Unlike that of any other row. */
  readonly label: string;
  readonly unit: string;
  /** By variant; null where the variant has no such metric. */
  readonly cells: readonly (Summary | null)[];
}

/** What a table of means shows. */
export interface SummaryRows {
  readonly shown: readonly SummaryRow[];
  /** Those that would read 0.00 in every variant, and so are left out. */
  readonly zero: readonly SummaryRow[];
}

/**
 * The rows of a table of means. A metric that means one thing in some variants and another in
 * others has a row for each meaning.
 */
export function summaryRows({ variants }: Pick<ExperimentResult, 'variants'>): SummaryRows {
  const rows = orderedNames(variants).flatMap((name) => {
    const found = variants.map(({ metrics }) => metrics.find((metric) => metric.name === name));
    const meanings = new Map(found.flatMap((one) => (one === undefined ? [] : [[one.label, one]])));
    return [...meanings.values()].map(({ label, unit }) => ({
      label,
      unit,
      cells: variants.map(({ summary }, v) =>
        found[v]?.label === label ? (summary[name] ?? null) : null,
      ),
    }));
  });
  return { shown: rows.filter((row) => !isZero(row)), zero: rows.filter(isZero) };
}

/** Whether what is known of these would read 0.00. */
export function isZero(row: { readonly cells: readonly (Interval | null)[] }): boolean {
  return (
    rowTexts(row).every(({ mean, half }) => !/[1-9]/.test(mean + half)) &&
    row.cells.some((cell) => cell !== null && Number.isFinite(cell.mean))
  );
}

/** Mean and half width of an interval as texts; empty if there is none. */
export interface CellText {
  readonly mean: string;
  readonly half: string;
}

/** The numbers of a row, all with the decimals that suit its largest mean. */
export function rowTexts({ cells }: { readonly cells: readonly (Interval | null)[] }): CellText[] {
  const sizes = cells.map((cell) => Math.abs(cell?.mean ?? 0)).filter(Number.isFinite);
  const decimals = decimalsFor(Math.max(0, ...sizes));
  return cells.map((cell) => {
    if (cell === null || !Number.isFinite(cell.mean)) return { mean: '-', half: '' };
    const half = halfWidth(cell);
    return {
      mean: formatNumber(cell.mean, decimals),
      half: half === null ? '' : formatNumber(half, decimals),
    };
  });
}
