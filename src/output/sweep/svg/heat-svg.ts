import { HEAT_COLORS, heatColor, isDark } from '../../heat-colors.js';
import { formatNumber } from '../../numbers.js';
import { fixed } from '../../svg-frame.js';
import { fitText, textWidth } from '../../svg-parts.js';
import { escapeXml } from '../../xml.js';
import type { SweepChart } from '../chart-data.js';
import {
  cellDecimals,
  type HeatCells,
  heatCells,
  mergedInto,
  mergedNote,
  partOf,
  rangeOf,
  type ValueRange,
} from '../heat-cells.js';
import { type BlockPlace, EDGE, MARGIN, type SvgBlock } from './block.js';

const GAP = 24;
/** Of a map with cells of a common size. */
const WANTED_CELL_WIDTH = 46;
const MAX_HEIGHT = 420;
const MAX_CELL_HEIGHT = 26;
const MIN_CELL_WIDTH = 4;
const MAX_ROWS = 105;
const TEXT_HEIGHT = 14;
const SCALE_WIDTH = 160;

interface Layout {
  readonly labelWidth: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly mapWidth: number;
  readonly mapHeight: number;
  readonly perRow: number;
}

/** A metric over two parameters: a map a variant, all with one scale of colours. */
export function heatBlock(chart: SweepChart, { top, width, id }: BlockPlace): SvgBlock {
  const [rows, columns] = chart.axes;
  if (rows === undefined || columns === undefined) return { lines: [], bottom: top };
  const range = rangeOf(chart);
  const rowsPerCell = mergedInto(rows.labels.length, MAX_ROWS);
  const labelWidth = Math.min(width / 4, Math.max(...rows.labels.map(textWidth)) + 8);
  const most = Math.floor((width - 2 * EDGE - labelWidth) / MIN_CELL_WIDTH);
  const columnsPerCell = mergedInto(columns.labels.length, most);
  const maps = chart.variants.map((_, v) => heatCells(chart, v, rowsPerCell, columnsPerCell));
  const layout = layoutOf(maps, labelWidth, width);
  const lines: string[] = [];
  let at = top + MARGIN.top + 4;
  maps.forEach((map, v) => {
    const inRow = v % layout.perRow;
    const left = EDGE + inRow * (layout.mapWidth + GAP);
    lines.push(...mapLines(chart.variants[v]?.id ?? '', map, range, left, at, layout));
    if (inRow === layout.perRow - 1 || v === maps.length - 1) at += layout.mapHeight;
  });
  const note = `Rows: ${rows.name}; columns: ${columns.name}`;
  const words = [note, mergedNote(rowsPerCell, columnsPerCell).replace('; ', '')].filter(Boolean);
  for (const text of words) {
    const shown = escapeXml(fitText(text, width - 2 * EDGE));
    lines.push(`<text class="axis" x="${EDGE}" y="${at + 8}">${shown}</text>`);
    at += 20;
  }
  if (range !== null) lines.push(...scaleLines(chart, range, at, `${id}heat`));
  return { lines, bottom: at + (range === null ? 12 : 40) };
}

function layoutOf(maps: readonly HeatCells[], labelWidth: number, width: number): Layout {
  const columns = maps[0]?.columnLabels.length ?? 1;
  const rows = maps[0]?.rowLabels.length ?? 1;
  const room = width - 2 * EDGE;
  const wanted = labelWidth + columns * WANTED_CELL_WIDTH;
  const perRow = Math.max(1, Math.min(maps.length, Math.floor((room + GAP) / (wanted + GAP))));
  const mapWidth = (room - (perRow - 1) * GAP) / perRow;
  const cellWidth = Math.min(2 * WANTED_CELL_WIDTH, (mapWidth - labelWidth) / columns);
  const cellHeight = Math.min(MAX_CELL_HEIGHT, MAX_HEIGHT / rows);
  return {
    labelWidth,
    cellWidth,
    cellHeight,
    mapWidth,
    mapHeight: rows * cellHeight + 2 * TEXT_HEIGHT + GAP + 8,
    perRow,
  };
}

function mapLines(
  name: string,
  { rowLabels, columnLabels, values }: HeatCells,
  range: ValueRange | null,
  left: number,
  top: number,
  { labelWidth, cellWidth, cellHeight, mapWidth }: Layout,
): string[] {
  const x0 = left + labelWidth;
  const y0 = top + TEXT_HEIGHT;
  const bottom = y0 + values.length * cellHeight;
  const rowStep = Math.ceil(TEXT_HEIGHT / cellHeight);
  const widest = Math.max(...columnLabels.map(textWidth)) + 6;
  const columnStep = Math.ceil(widest / cellWidth);
  const rowText = (label: string, r: number) =>
    `<text class="tick" x="${fixed(x0 - 6)}" y="${fixed(y0 + (r + 0.5) * cellHeight)}" ` +
    `dy=".32em" text-anchor="end">${escapeXml(fitText(label, labelWidth))}</text>`;
  const columnText = (label: string, c: number) =>
    `<text class="tick" x="${fixed(x0 + (c + 0.5) * cellWidth)}" y="${fixed(bottom + 14)}" ` +
    `text-anchor="middle">${escapeXml(fitText(label, mapWidth - labelWidth))}</text>`;
  return [
    `<text class="sub" x="${fixed(x0)}" y="${top + 4}">` +
      `${escapeXml(fitText(name, mapWidth - labelWidth))}</text>`,
    ...rowLabels.flatMap((label, r) => (r % rowStep === 0 ? [rowText(label, r)] : [])),
    ...columnLabels.flatMap((label, c) => (c % columnStep === 0 ? [columnText(label, c)] : [])),
    ...values.flatMap((row, r) =>
      row.flatMap((value, c) =>
        cellLines(value, range, {
          x: x0 + c * cellWidth,
          y: y0 + r * cellHeight,
          width: cellWidth,
          height: cellHeight,
        }),
      ),
    ),
  ];
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A cell, with its number if it has room for it; an empty frame without a value. */
function cellLines(value: number, range: ValueRange | null, box: Box): string[] {
  const { x, y, width, height } = box;
  const place = `x="${fixed(x)}" y="${fixed(y)}" width="${fixed(width)}" height="${fixed(height)}"`;
  const hasRoom = (text: string) => textWidth(text) <= width && height >= TEXT_HEIGHT;
  const written = (text: string, style: string) =>
    hasRoom(text)
      ? [
          `<text class="cell"${style} x="${fixed(x + width / 2)}" y="${fixed(y + height / 2)}" ` +
            `dy=".35em" text-anchor="middle">${text}</text>`,
        ]
      : [];
  if (range === null || !Number.isFinite(value)) {
    return [`<rect class="grid" fill="none" ${place}/>`, ...written('-', '')];
  }
  const color = heatColor(partOf(value, range));
  const ink = ` style="fill:${isDark(color) ? '#ffffff' : '#000000'}"`;
  return [
    `<rect class="heat" fill="${color}" ${place}/>`,
    ...written(formatNumber(value, cellDecimals(range)), ink),
  ];
}

function scaleLines({ metric }: SweepChart, range: ValueRange, at: number, id: string): string[] {
  const [low = '', high = ''] = [range.low, range.high].map((value) =>
    formatNumber(value, cellDecimals(range)),
  );
  const left = EDGE + textWidth(low) + 8;
  const y = at + 6;
  const stops = HEAT_COLORS.map((color, i) => {
    const offset = fixed((100 * i) / (HEAT_COLORS.length - 1));
    return `<stop offset="${offset}%" stop-color="${color}"/>`;
  });
  return [
    `<linearGradient id="${id}">${stops.join('')}</linearGradient>`,
    `<text x="${EDGE}" y="${y + 7}" dy=".32em">${low}</text>`,
    `<rect x="${left}" y="${y}" width="${SCALE_WIDTH}" height="14" fill="url(#${id})"/>`,
    `<text x="${left + SCALE_WIDTH + 8}" y="${y + 7}" dy=".32em">` +
      `${high} ${escapeXml(metric.unit)}</text>`,
  ];
}
