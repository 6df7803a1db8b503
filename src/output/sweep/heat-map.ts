import { heatGrid } from '../figure/heat-grid.js';
import type { Ink } from '../terminal/ink.js';
import { type LegendEntry, labelLine, legendLines } from '../terminal/line-plot.js';
import { formatNumber } from '../words/numbers.js';
import { beside, padStart, widthOf, wrap } from '../words/text.js';
import { axisName } from './chart-axis.js';
import type { SweepChart } from './chart-data.js';
import { allEstimates } from './chart-text.js';
import {
  cellDecimals,
  heatCells,
  levelOf,
  mergedInto,
  mergedNote,
  rangeOf,
  type ValueRange,
} from './heat-cells.js';

const MAX_ROWS = 50;
const GAP = 4;
/** Columns of a label that is a text, at least. */
const MIN_LABEL = 10;
/** Columns of a cell that has no room for its number, at most. */
const MAX_SHADE_WIDTH = 4;

/** How a map's cells look. */
interface Layout {
  readonly cellWidth: number;
  readonly rowsPerCell: number;
  readonly columnsPerCell: number;
  readonly hasNumbers: boolean;
}

/** Of the legend. */
const SAMPLE: Layout = { cellWidth: 2, rowsPerCell: 1, columnsPerCell: 1, hasNumbers: false };

/** A metric over two parameters: a map a variant, all with one scale. */
export function heatMap(chart: SweepChart, ink: Ink, width: number): string[] {
  const [rows, columns] = chart.axes;
  if (rows === undefined || columns === undefined) return [];
  const range = rangeOf(chart) ?? { low: 0, high: 0 };
  const labelWidth = Math.min(Math.floor(width / 3), Math.max(...rows.labels.map(widthOf)));
  const layout = layoutOf(chart, range, width - labelWidth - 2, ink);
  const maps = chart.variants.map((variant, v) => {
    const cells = heatCells(chart, v, layout.rowsPerCell, layout.columnsPerCell);
    const grid = {
      cellWidth: layout.cellWidth,
      head: (from: number, to: number) => headOf(cells.columnLabels.slice(from, to), layout),
      rows: cells.values.map((values, r) => ({
        label: `${padStart(cut(cells.rowLabels[r] ?? '', labelWidth), labelWidth)} `,
        cells: values.map((value) => cellOf(value, range, layout, ink)),
      })),
    };
    return [...wrap(variant.name, width).map(ink.bold), ...heatGrid(grid, ink, width)];
  });
  const merged = mergedNote(layout.rowsPerCell, layout.columnsPerCell);
  return [
    ...wrap(`Rows: ${axisName(rows)}; columns: ${axisName(columns)}${merged}`, width),
    ...inRows(maps, width),
    ...legend(chart, range, layout, ink, width),
  ];
}

function layoutOf(chart: SweepChart, range: ValueRange, room: number, ink: Ink): Layout {
  const [rows = 0, columns = 0] = chart.axes.map(({ labels }) => labels.length);
  const rowsPerCell = mergedInto(rows, MAX_ROWS);
  const decimals = cellDecimals(range);
  const numbers = [range.low, range.high].map((value) => formatNumber(value, decimals));
  const { labels = [], numbers: isNumeric = null } = chart.axes[1] ?? {};
  const beforeNumber = hasShade(ink) ? '░ '.length : ' '.length;
  const labelWidth = Math.max(...labels.map((label) => widthOf(label) + 1));
  // A text may have several lines.
  const labelRoom = isNumeric === null ? Math.max(MIN_LABEL, Math.floor(room / columns) - 1) : room;
  const numbered =
    Math.max(
      ...numbers.map((number) => beforeNumber + widthOf(number)),
      Math.min(labelWidth, labelRoom),
    ) + 1;
  if (columns * numbered <= room && rowsPerCell === 1) {
    return { cellWidth: numbered, rowsPerCell, columnsPerCell: 1, hasNumbers: true };
  }
  const columnsPerCell = mergedInto(columns, room);
  const cells = Math.ceil(columns / columnsPerCell);
  const cellWidth = Math.max(1, Math.min(MAX_SHADE_WIDTH, Math.floor(room / cells)));
  return { cellWidth, rowsPerCell, columnsPerCell, hasNumbers: false };
}

/** The labels of columns; without numbers in the cells there may be room for some only. */
function headOf(labels: readonly string[], { cellWidth, hasNumbers }: Layout): string[] {
  if (hasNumbers) {
    const texts = labels.map((label) => wrap(label, cellWidth - 2));
    const rows = Math.max(...texts.map(({ length }) => length));
    return Array.from({ length: rows }, (_, row) =>
      texts.map((lines) => `${padStart(lines[row] ?? '', cellWidth - 1)} `).join(''),
    );
  }
  const room = labels.length * cellWidth;
  const placed = labels.map((label, i) => ({
    column: i * cellWidth + Math.floor(cellWidth / 2) - 1,
    text: cut(label, room),
  }));
  return [labelLine(placed, room - 1)];
}

function cellOf(value: number, range: ValueRange, layout: Layout, ink: Ink): string {
  const { cellWidth, hasNumbers } = layout;
  if (!Number.isFinite(value)) return `${padStart('-', cellWidth - 1)} `.slice(0, cellWidth);
  const number = hasNumbers ? formatNumber(value, cellDecimals(range)) : '';
  const paint = ink.heat[levelOf(value, range, ink.heat.length)];
  if (paint !== undefined) return paint(`${padStart(number, cellWidth - 1)} `);
  const shade = ink.shades[levelOf(value, range, ink.shades.length)] ?? '';
  if (!hasNumbers) return shade.repeat(cellWidth);
  return `${hasShade(ink) ? shade : ' '}${padStart(number, cellWidth - 2)} `;
}

/** Whether a shade may stand before a number: one of ASCII would be taken for its sign. */
function hasShade({ heat, shades }: Ink): boolean {
  return heat.length === 0 && !shades.includes('-');
}

/** Maps beside one another as far as they fit. */
function inRows(maps: readonly string[][], width: number): string[] {
  const mapWidth = Math.max(...maps.flat().map(widthOf));
  const perRow = Math.max(1, Math.floor((width + GAP) / (mapWidth + GAP)));
  const lines: string[] = [];
  for (let i = 0; i < maps.length; i += perRow) {
    lines.push('', ...beside(maps.slice(i, i + perRow), mapWidth + GAP));
  }
  return [...lines, ''];
}

/** The scale from low to high, and what a missing value looks like. */
function legend(
  chart: SweepChart,
  range: ValueRange,
  { hasNumbers }: Layout,
  ink: Ink,
  width: number,
): string[] {
  const means = allEstimates(chart).map(({ mean }) => mean);
  const number = (value: number) => formatNumber(value, cellDecimals(range));
  const entries: LegendEntry[] = [];
  const lines: string[] = [];
  if (means.some(Number.isFinite)) {
    if (range.low === range.high && !hasNumbers) {
      entries.push({ mark: cellOf(range.low, range, SAMPLE, ink), text: number(range.low) });
    } else if (range.low < range.high && ink.heat.length > 0) {
      const scale = ink.heat.map((paint) => paint('  ')).join('');
      lines.push(`${number(range.low)} ${scale} ${number(range.high)}`);
    } else if (range.low < range.high && (!hasNumbers || hasShade(ink))) {
      const { length } = ink.shades;
      const at = (level: number) => range.low + (range.high - range.low) * (level / length);
      entries.push(
        ...ink.shades.map((shade, level) => ({
          mark: shade.repeat(2),
          text: `${number(at(level))} to ${number(at(level + 1))}`,
        })),
      );
    }
  }
  if (!means.every(Number.isFinite)) entries.push({ mark: ' -', text: 'no value' });
  return [...lines, ...legendLines(entries, width)];
}

/** The beginning of a text that fits. */
function cut(text: string, width: number): string {
  return widthOf(text) <= width ? text : (wrap(text, width)[0] ?? '');
}
