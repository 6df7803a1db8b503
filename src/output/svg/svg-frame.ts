import { type AxisRange, tickLabels } from '../figure/scale.js';
import { type LegendRow, SAMPLE_WIDTH, SVG_STYLE, textWidth, wrapText } from './svg-parts.js';
import { escapeXml } from './xml.js';

/** What every drawing is made of: the document, titles, axes and legend. */

/** Mean width of a sign of the title. */
const TITLE_SIGN_WIDTH = 9.5;
const TITLE_ROW = 22;
const TEXT_ROW = 18;
/** Pixels between the y axis and its labels. */
const TICK_GAP = 8;
/** Pixels from tick to tick of the y axis that have a label. */
const MIN_TICK_DISTANCE = 20;

/** Pixels between a drawing and its edges. */
export const EDGE = 16;
export const LEGEND_ROW = 22;

/** Where a plot is within its axes, in pixels. */
export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Maps values of an axis to coordinates. */
export type Scale = (value: number) => number;

/** Where a drawing goes, if not into a file of its own. */
export interface SvgPlace {
  /** In pixels; at least 300. */
  readonly width?: number;
  /** Of the page's ids, to tell this drawing's from others'. */
  readonly id?: string;
  /** Whether the title is drawn; a page may have it as text. */
  readonly titled?: boolean;
}

export interface SvgHead {
  readonly id: string;
  readonly title: string;
  /** The drawing in words, for those who cannot see it. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  /** Rules besides those of every drawing. */
  readonly style?: string;
}

/** An SVG document for light and dark pages. */
export function svgDocument(head: SvgHead, body: readonly string[]): string {
  const { id, title, description, width, height, style = '' } = head;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" ` +
      `width="${width}" height="${height}" role="img" ` +
      `aria-labelledby="${id}title ${id}desc">`,
    `<title id="${id}title">${escapeXml(title)}</title>`,
    `<desc id="${id}desc">${escapeXml(description)}</desc>`,
    `<style>${SVG_STYLE}${style}</style>`,
    `<rect class="page" width="${width}" height="${height}"/>`,
    ...body,
    '</svg>\n',
  ].join('\n');
}

/** Where values are drawn: `low` at the coordinate `from`, `high` at `to`; also beyond them. */
export function linearScale({ low, high }: AxisRange, from: number, to: number): Scale {
  return (value) => from + ((value - low) / (high - low)) * (to - from);
}

/**
 * A path as an element; none for an empty one.
 * @param style its attributes, e.g. `class="line"`
 */
export function pathLines(style: string, path: string): string[] {
  return path === '' ? [] : [`<path ${style} d="${path}"/>`];
}

/** Pixels left of the plot that the labels of the y axis take. */
export function yLabelsWidth(axis: AxisRange): number {
  return Math.max(...tickLabels(axis).map(textWidth)) + TICK_GAP;
}

/** The y axis: a line of the grid and a label at every tick, as far as they have room. */
export function yAxisLines(axis: AxisRange, y: Scale, frame: Frame, hasLabels = true): string[] {
  const { left, right, top, bottom } = frame;
  const labels = tickLabels(axis);
  const distance = (bottom - top) / Math.max(1, axis.ticks.length - 1);
  const step = Math.ceil(MIN_TICK_DISTANCE / distance);
  return axis.ticks.flatMap((tick, i) => {
    if (i % step !== 0) return [];
    const at = fixed(y(tick));
    return [
      `<path class="grid" d="M${left},${at}H${right}"/>`,
      ...(hasLabels
        ? [
            `<text class="tick" x="${left - TICK_GAP}" y="${at}" dy=".32em" ` +
              `text-anchor="end">${labels[i]}</text>`,
          ]
        : []),
    ];
  });
}

/** The x axis: ticks by their coordinate. */
export function xAxisLines(
  ticks: readonly { readonly at: number; readonly text: string }[],
  { left, right, bottom }: Frame,
  hasLabels = true,
): string[] {
  return [
    `<path class="base" d="M${left},${bottom}H${right}"/>`,
    ...ticks.flatMap(({ at, text }) => [
      `<path class="base" d="M${fixed(at)},${bottom}v5"/>`,
      ...(hasLabels
        ? [
            `<text class="tick" x="${fixed(at)}" y="${bottom + 19}" ` +
              `text-anchor="middle">${escapeXml(text)}</text>`,
          ]
        : []),
    ]),
  ];
}

/** A row of the legend: each entry a piece of its line and its text, `x` right of `left`. */
export function svgLegend(row: LegendRow, left: number, y: number): string[] {
  return row.flatMap(({ style, text, x }) => [
    ...(style === null ? [] : [`<path ${style} d="M${left + x},${y}h32"/>`]),
    `<text x="${left + x + SAMPLE_WIDTH}" y="${y}" dy=".32em">${escapeXml(text)}</text>`,
  ]);
}

/** Where text goes, in pixels. */
export interface TextPlace {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** Lines of text and where they end. */
export interface TextBlock {
  readonly lines: readonly string[];
  readonly bottom: number;
}

/** Texts one below another, each wrapped; `style` is the class of the style sheet. */
export function textBlock(
  texts: readonly { readonly text: string; readonly style: 'title' | 'note' | 'axis' }[],
  { left, top, width }: TextPlace,
): TextBlock {
  const lines: string[] = [];
  let bottom = top;
  for (const { text, style } of texts) {
    const isTitle = style === 'title';
    for (const line of wrapText(text, width, isTitle ? TITLE_SIGN_WIDTH : undefined)) {
      bottom += isTitle ? TITLE_ROW : TEXT_ROW;
      lines.push(`<text class="${style}" x="${left}" y="${bottom - 6}">${escapeXml(line)}</text>`);
    }
  }
  return { lines, bottom };
}

/** Coordinates have fixed decimals: the same drawing is the same bytes everywhere. */
export function fixed(value: number): string {
  return String(Number(value.toFixed(2)));
}
