import { beside } from './text.js';

/** Terminals this wide get two charts beside one another. */
const TWO_CHARTS_COLUMNS = 160;
const MAX_CHART_WIDTH = 120;
const CHART_GAP = 4;

/** Charts fitted to a terminal, one or two beside one another. */
export function chartRows<T>(
  items: readonly T[],
  columns: number,
  render: (item: T, width: number) => string[],
): string[][] {
  const perRow = columns >= TWO_CHARTS_COLUMNS && items.length > 1 ? 2 : 1;
  const width = Math.min(
    MAX_CHART_WIDTH,
    Math.floor((columns - (perRow - 1) * CHART_GAP) / perRow),
  );
  const charts = items.map((item) => render(item, width));
  const rows: string[][] = [];
  for (let i = 0; i < charts.length; i += perRow) {
    rows.push(beside(charts.slice(i, i + perRow), width + CHART_GAP));
  }
  return rows;
}
