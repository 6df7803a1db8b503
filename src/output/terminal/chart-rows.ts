import { beside } from '../words/text.js';

/** Terminals this wide get two charts beside one another. */
const TWO_CHARTS_COLUMNS = 160;
const MAX_CHART_WIDTH = 120;
const CHART_GAP = 4;

/** The lines of a chart: what is above the plot, the plot, and what is below, the x axis first. */
export interface ChartLines {
  readonly head: readonly string[];
  readonly plot: readonly string[];
  readonly foot: readonly string[];
}

/** Charts fitted to a terminal, one or two beside one another with their x axes aligned. */
export function chartRows<T>(
  items: readonly T[],
  columns: number,
  render: (item: T, width: number) => ChartLines,
): string[][] {
  const perRow = columns >= TWO_CHARTS_COLUMNS && items.length > 1 ? 2 : 1;
  const width = Math.min(
    MAX_CHART_WIDTH,
    Math.floor((columns - (perRow - 1) * CHART_GAP) / perRow),
  );
  const charts = items.map((item) => render(item, width));
  const rows: string[][] = [];
  for (let i = 0; i < charts.length; i += perRow) {
    const row = charts.slice(i, i + perRow);
    const axisRow = Math.max(...row.map(({ head, plot }) => head.length + plot.length));
    rows.push(
      beside(
        row.map((chart) => stacked(chart, axisRow)),
        width + CHART_GAP,
      ),
    );
  }
  return rows;
}

/** A chart's lines one below another, with the x axis in this row at least. */
export function stacked({ head, plot, foot }: ChartLines, axisRow = 0): string[] {
  const free = Math.max(0, axisRow - head.length - plot.length);
  return [...head, ...Array<string>(free).fill(''), ...plot, ...foot];
}
