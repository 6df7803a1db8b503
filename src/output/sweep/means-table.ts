import { isNumeric, pointCount, type Sweep, valuesAt } from '../../sweep/sweep.js';
import { createInk, type Ink } from '../terminal/ink.js';
import { MIN_COLUMNS, type Terminal } from '../terminal/terminal.js';
import { fewSeedsWarning } from '../words/summary-notes.js';
import { isZero, rowTexts } from '../words/summary-rows.js';
import { withCleanText, wrap } from '../words/text.js';
import {
  COLUMN_GAP,
  columnHeads,
  type TableColumn,
  textColumn,
  valueColumn,
  widthOfColumns,
} from '../words/value-column.js';
import { axisName, chartAxis } from './chart-axis.js';
import type { Means } from './means.js';

/**
 * What a sweep came to, for people: one row per point and variant, and as many metrics as there is
 * room for, those first that charts show.
 * @param file that has all of it
 */
export function renderMeans(means: Means, style: Terminal, file: string): string {
  const ink = createInk(style);
  const columns = Math.max(MIN_COLUMNS, style.columns);
  const { sweep, rows } = withCleanText(means, style.unicode);
  const places = placeColumns(sweep, rows.length);
  const metrics = metricColumns({ sweep, rows }, ink);
  const room = columns - widthOfColumns(places) - COLUMN_GAP;
  const fitting = metrics.filter((_, i) => widthOfColumns(metrics.slice(0, i + 1)) <= room);
  const dim = (text: string) => wrap(text, columns).map(ink.dim);
  const seeds = sweep.seeds.length;
  const title =
    seeds === 1
      ? `Values of seed ${sweep.seeds[0]}`
      : `Means of ${seeds} seeds; ${ink.plusMinus} is the half width of the 95% CI`;
  const warning = fewSeedsWarning(seeds);
  const lines =
    fitting.length === 0
      ? dim(`There is no room for a table of the means; ${file} has them.`)
      : [
          ...wrap(title, columns).map(ink.bold),
          '',
          ...tableLines([...places, ...fitting], rows.length, ink),
          ...(warning === null ? [] : dim(warning)),
          ...shortened(sweep, rows.length, fitting.length, file).flatMap(dim),
        ];
  return lines.map((line) => line.trimEnd()).join('\n');
}

/** Where a row is in the grid: parameters, and the variant if there are several. */
function placeColumns({ axes, variants, looks }: Sweep, rows: number): TableColumn[] {
  const points = Array.from({ length: rows }, (_, r) => Math.floor(r / variants.length));
  const parameters = axes.flat();
  const labels = {
    axes: axes.map((axis) => axis.map((one) => ({ values: chartAxis([one]).labels }))),
  };
  const columns = parameters.map((parameter, p) =>
    textColumn(
      axisName(chartAxis([parameter])),
      points.map((point) => String(valuesAt(labels, point)[p] ?? '')),
      isNumeric(parameter),
    ),
  );
  if (variants.length === 1) return columns;
  const ofRows = points.map((_, r) => looks[r % variants.length]?.title ?? '');
  return [...columns, textColumn('variant', ofRows, false)];
}

/** Of the metrics that are not 0 throughout; first those of the charts. */
function metricColumns({ sweep, rows }: Means, ink: Ink): TableColumn[] {
  const { metrics, chart } = sweep;
  const charted = metrics.filter(({ name }) => chart.includes(name));
  return [...charted, ...metrics.filter((metric) => !charted.includes(metric))].flatMap(
    (metric) => {
      const at = metrics.indexOf(metric);
      const cells = rows.map((row) => row[at] ?? null);
      if (isZero({ cells })) return [];
      return valueColumn(`${metric.label} (${metric.unit})`, rowTexts({ cells }), ink);
    },
  );
}

function tableLines(columns: readonly TableColumn[], rows: number, ink: Ink): string[] {
  const lines = Array.from({ length: rows }, (_, r) =>
    columns.map(({ cells }) => cells[r] ?? '').join(' '.repeat(COLUMN_GAP)),
  );
  return [
    ...columnHeads(columns).map(ink.bold),
    ink.rule.repeat(widthOfColumns(columns)),
    ...lines,
  ];
}

/** "These are 40 of 400 rows and 3 of 36 metrics; cap.csv has all."; nothing if they are all. */
function shortened(sweep: Sweep, rows: number, metrics: number, file: string): string[] {
  const all = pointCount(sweep) * sweep.variants.length;
  const parts = [
    ...(rows < all ? [`${rows} of ${all} rows`] : []),
    ...(metrics < sweep.metrics.length ? [`${metrics} of ${sweep.metrics.length} metrics`] : []),
  ];
  return parts.length === 0 ? [] : [`These are ${parts.join(' and ')}; ${file} has all.`];
}
