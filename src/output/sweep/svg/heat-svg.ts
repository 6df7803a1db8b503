import { HEAT_COLORS, heatColor, isDark } from '../../figure/heat-colors.js';
import { EDGE, fixed, type TextBlock, textBlock } from '../../svg/svg-frame.js';
import { textWidth, wrapText } from '../../svg/svg-parts.js';
import { escapeXml } from '../../svg/xml.js';
import { formatNumber } from '../../words/numbers.js';
import { axisName } from '../chart-axis.js';
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
import type { BlockPlace } from './block.js';

const GAP = 24;
/** From here on several maps stand beside one another. */
const WANTED_CELL_WIDTH = 46;
const MAX_HEIGHT = 420;
const MAX_CELL_HEIGHT = 26;
const MIN_CELL_WIDTH = 4;
const MIN_LABEL_WIDTH = 24;
const MAX_ROWS = 105;
const TEXT_HEIGHT = 14;
const TEXT_ROW = 16;
const SCALE_WIDTH = 160;

interface Layout {
  readonly labelWidth: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  readonly mapWidth: number;
  readonly mapHeight: number;
  readonly perRow: number;
  /** Of the names of rows, columns and maps, each wrapped. */
  readonly rowTexts: readonly (readonly string[])[];
  readonly columnTexts: readonly (readonly string[])[];
  readonly nameRows: number;
}

/** A metric over two parameters: a map a variant, all with one scale of colours. */
export function heatBlock(chart: SweepChart, { top, width, id }: BlockPlace): TextBlock {
  const [rows, columns] = chart.axes;
  if (rows === undefined || columns === undefined) return { lines: [], bottom: top };
  const range = rangeOf(chart);
  const rowsPerCell = mergedInto(rows.labels.length, MAX_ROWS);
  const labelWidth = Math.min(width / 4, Math.max(...rows.labels.map(textWidth)) + 8);
  const most = Math.floor((width - 2 * EDGE - labelWidth) / MIN_CELL_WIDTH);
  const columnsPerCell = mergedInto(columns.labels.length, most);
  const maps = chart.variants.map((_, v) => heatCells(chart, v, rowsPerCell, columnsPerCell));
  const names = chart.variants.map(({ name }) => name);
  const layout = layoutOf(chart, maps, labelWidth, width);
  const lines: string[] = [];
  let at = top + 12;
  maps.forEach((map, v) => {
    const inRow = v % layout.perRow;
    const left = EDGE + inRow * (layout.mapWidth + GAP);
    lines.push(...mapLines(names[v] ?? '', map, range, left, at, layout));
    if (inRow === layout.perRow - 1 || v === maps.length - 1) at += layout.mapHeight;
  });
  const note = `Rows: ${axisName(rows)}; columns: ${axisName(columns)}`;
  const words = textBlock(
    [{ text: `${note}${mergedNote(rowsPerCell, columnsPerCell)}`, style: 'axis' }],
    { left: EDGE, top: at - 6, width: width - 2 * EDGE },
  );
  lines.push(...words.lines);
  at = words.bottom;
  if (range !== null) lines.push(...scaleLines(chart, range, at, `${id}heat`));
  return { lines, bottom: at + (range === null ? 12 : 40) };
}

function layoutOf(
  { axes, variants }: SweepChart,
  maps: readonly HeatCells[],
  labelWidth: number,
  width: number,
): Layout {
  const columns = maps[0]?.columnLabels.length ?? 1;
  const rows = maps[0]?.rowLabels.length ?? 1;
  const room = width - 2 * EDGE;
  const wanted = labelWidth + columns * WANTED_CELL_WIDTH;
  const perRow = Math.max(1, Math.min(maps.length, Math.floor((room + GAP) / (wanted + GAP))));
  const mapWidth = (room - (perRow - 1) * GAP) / perRow;
  const cellWidth = (mapWidth - labelWidth) / columns;
  const rowTexts = (maps[0]?.rowLabels ?? []).map((text) => wrapText(text, labelWidth - 8));
  // Of numbers some may go without a label. A text has its own, in as many lines as it takes.
  const isNumeric = axes.map(({ numbers }) => numbers !== null);
  const tallest = Math.max(...rowTexts.map(({ length }) => length)) * TEXT_HEIGHT;
  const leastHeight = isNumeric[0] ? 0 : tallest;
  const cellHeight = Math.max(leastHeight, Math.min(MAX_CELL_HEIGHT, MAX_HEIGHT / rows));
  const columnRoom = isNumeric[1] ? mapWidth : Math.max(MIN_LABEL_WIDTH, cellWidth - 6);
  const columnTexts = wrapAlike(maps[0]?.columnLabels ?? [], columnRoom);
  const nameRows = Math.max(
    ...variants.map(({ name }) => wrapText(name, mapWidth - labelWidth).length),
  );
  const columnRows = Math.max(...columnTexts.map(({ length }) => length));
  return {
    labelWidth,
    cellWidth,
    cellHeight,
    mapWidth,
    mapHeight: nameRows * TEXT_ROW + rows * cellHeight + columnRows * TEXT_ROW + GAP + 8,
    perRow,
    rowTexts,
    columnTexts,
    nameRows,
  };
}

/** Texts in lines that fit `width` pixels; if one needs several, all break wherever they can. */
function wrapAlike(texts: readonly string[], width: number): string[][] {
  if (texts.every((text) => textWidth(text) <= width)) return texts.map((text) => [text]);
  const widest = Math.max(...texts.flatMap((text) => text.split(' ')).map(textWidth));
  return texts.map((text) => wrapText(text, Math.min(width, widest)));
}

function mapLines(
  name: string,
  { values }: HeatCells,
  range: ValueRange | null,
  left: number,
  top: number,
  layout: Layout,
): string[] {
  const { labelWidth, cellWidth, cellHeight, mapWidth, rowTexts, columnTexts, nameRows } = layout;
  const x0 = left + labelWidth;
  const y0 = top + nameRows * TEXT_ROW - 2;
  const bottom = y0 + values.length * cellHeight;
  const tallest = Math.max(...rowTexts.map(({ length }) => length)) * TEXT_HEIGHT;
  const rowStep = Math.ceil(tallest / cellHeight);
  const widest = Math.max(...columnTexts.flat().map(textWidth)) + 6;
  const columnStep = Math.ceil(widest / cellWidth);
  const text = (style: string, x: number, y: number, anchor: string, content: string) =>
    `<text class="${style}" x="${fixed(x)}" y="${fixed(y)}" dy=".32em" ` +
    `text-anchor="${anchor}">${escapeXml(content)}</text>`;
  const rowText = (texts: readonly string[], r: number) =>
    texts.map((line, i) => {
      const middle = y0 + (r + 0.5) * cellHeight;
      const y = middle + (i - (texts.length - 1) / 2) * TEXT_HEIGHT;
      return text('tick', x0 - 6, y, 'end', line);
    });
  const columnText = (texts: readonly string[], c: number) =>
    texts.map((line, i) =>
      text('tick', x0 + (c + 0.5) * cellWidth, bottom + 10 + i * TEXT_ROW, 'middle', line),
    );
  return [
    ...wrapText(name, mapWidth - labelWidth).map((line, i) =>
      text('sub', x0, top + i * TEXT_ROW, 'start', line),
    ),
    ...rowTexts.flatMap((texts, r) => (r % rowStep === 0 ? rowText(texts, r) : [])),
    ...columnTexts.flatMap((texts, c) => (c % columnStep === 0 ? columnText(texts, c) : [])),
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
