import { type AxisRange, tickLabels } from './scale.js';
import { fitText, type LegendRow, SVG_STYLE } from './svg-parts.js';
import { escapeXml } from './xml.js';

/** What every drawing is made of: the document, titles, axes and legend. */

/** Mean width of a sign of the title. */
const TITLE_SIGN_WIDTH = 9;

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
  /** Pixels at the top that are left out. */
  readonly cut?: number;
  /** Rules besides those of every drawing. */
  readonly style?: string;
}

/** An SVG document for light and dark pages. */
export function svgDocument(head: SvgHead, body: readonly string[]): string {
  const { id, title, description, width, height, cut = 0, style = '' } = head;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 ${cut} ${width} ${height - cut}" ` +
      `width="${width}" height="${height - cut}" role="img" ` +
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

/** The y axis: a line of the grid and a label at every tick, and what it is along its side. */
export function yAxisLines(axis: AxisRange, y: Scale, frame: Frame, label: string): string[] {
  const { left, right, top, bottom } = frame;
  const labels = tickLabels(axis);
  return [
    ...axis.ticks.flatMap((tick, i) => {
      const at = fixed(y(tick));
      return [
        `<path class="grid" d="M${left},${at}H${right}"/>`,
        `<text class="tick" x="${left - 8}" y="${at}" dy=".32em" ` +
          `text-anchor="end">${labels[i]}</text>`,
      ];
    }),
    `<text class="axis" transform="translate(18,${(top + bottom) / 2}) rotate(-90)" ` +
      `text-anchor="middle">${escapeXml(label)}</text>`,
  ];
}

/** The x axis with ticks by their coordinate. */
export function xAxisLines(
  ticks: readonly { readonly at: number; readonly text: string }[],
  { left, right, bottom }: Frame,
  caption: string,
): string[] {
  return [
    `<path class="base" d="M${left},${bottom}H${right}"/>`,
    ...ticks.flatMap(({ at, text }) => [
      `<path class="base" d="M${fixed(at)},${bottom}v5"/>`,
      `<text class="tick" x="${fixed(at)}" y="${bottom + 19}" ` +
        `text-anchor="middle">${escapeXml(text)}</text>`,
    ]),
    `<text class="axis" x="${(left + right) / 2}" y="${bottom + 40}" ` +
      `text-anchor="middle">${escapeXml(caption)}</text>`,
  ];
}

/** A row of the legend: each entry a piece of its line and its text, `x` right of `left`. */
export function svgLegend(row: LegendRow, left: number, y: number): string[] {
  return row.flatMap(({ style, text, x }) => [
    `<path ${style} d="M${left + x},${y}h32"/>`,
    `<text x="${left + x + 40}" y="${y}" dy=".32em">${escapeXml(text)}</text>`,
  ]);
}

/** @param top of the drawing that the title is of */
export function titleLines(
  title: string,
  note: string,
  left: number,
  width: number,
  top = 0,
): string[] {
  const room = width - left;
  return [
    `<text class="title" x="${left}" y="${top + 26}">` +
      `${escapeXml(fitText(title, room, TITLE_SIGN_WIDTH))}</text>`,
    `<text class="note" x="${left}" y="${top + 46}">${escapeXml(fitText(note, room))}</text>`,
  ];
}

/** Coordinates have fixed decimals: the same drawing is the same bytes everywhere. */
export function fixed(value: number): string {
  return String(Number(value.toFixed(2)));
}
