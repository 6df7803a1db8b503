import type { ExperimentResult } from '../../measure/experiment-result.js';
import { relativeWidth } from '../../measure/statistics.js';
import type { SummaryRows } from './summary-rows.js';

/** Intervals over fewer seeds are wide, and the tables that have them say so. */
const ENOUGH_SEEDS = 5;
const USUAL_SEEDS = 10;
/** Labels of rows that are named one by one. */
const MOST_NAMED = 4;

const AND = new Intl.ListFormat('en-GB');

/** What a reader of a table of means has to know, a sentence each. */
export function summaryNotes(
  { shown, zero }: SummaryRows,
  { seeds, variants }: Pick<ExperimentResult, 'seeds' | 'variants'>,
): string[] {
  const warning = fewSeedsWarning(seeds.length);
  const partly = shown.flatMap(({ label, cells }) => {
    const n = Math.min(...cells.flatMap((cell) => cell?.n ?? []));
    return n < seeds.length ? `${label} (${n} of ${seeds.length})` : [];
  });
  const where = variants.length > 1 ? ' in every variant' : '';
  return [
    ...(warning === null ? [] : [warning]),
    ...(partly.length === 0 ? [] : [`Not every seed has a value of ${AND.format(partly)}.`]),
    ...(zero.length === 0 ? [] : [`Left out, as 0.00${where}: ${namesOf(zero)}.`]),
  ];
}

/** That intervals over so few seeds are wide; null if they are enough, or have none. */
export function fewSeedsWarning(seeds: number): string | null {
  if (seeds < 2 || seeds >= ENOUGH_SEEDS) return null;
  const times = relativeWidth(seeds, USUAL_SEEDS);
  return (
    `${seeds} seeds are few: the intervals are about ${times.toPrecision(2)} times as wide as ` +
    `those of ${USUAL_SEEDS}.`
  );
}

function namesOf(rows: SummaryRows['zero']): string {
  return rows.length > MOST_NAMED
    ? `${rows.length} rows; summary.csv has them`
    : AND.format(rows.map(({ label }) => label));
}
