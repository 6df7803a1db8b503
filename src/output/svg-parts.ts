import { widthOf, wrap } from './text.js';

interface Theme {
  readonly page: string;
  readonly ink: string;
  readonly soft: string;
  readonly grid: string;
  readonly limit: string;
  /** Colours that the colour-blind can tell apart (after Okabe and Ito). */
  readonly lines: readonly string[];
}

const LIGHT: Theme = {
  page: '#ffffff',
  ink: '#1f2328',
  soft: '#59636e',
  grid: '#e4e7eb',
  limit: '#c62828',
  lines: ['#0072b2', '#c04b00', '#00795a', '#9c4f7e', '#8a6d00', '#4d4d4d'],
};

const DARK: Theme = {
  page: '#0d1117',
  ink: '#e6edf3',
  soft: '#9198a1',
  grid: '#262c36',
  limit: '#ff7b72',
  lines: ['#56b4e9', '#f0883e', '#2fc79a', '#e29bc6', '#e6c229', '#c0c0c0'],
};

/** Lines are told apart by their dashes, too. */
const DASHES = ['none', '10 4', '2 3', '12 4 2 4', '5 3', '1 5'];

/** The style sheet's class of a line's colour and dashes. */
export function styleClass(index: number): string {
  return `s${index % DASHES.length}`;
}

/** The attributes of a line. When the dashes repeat, the line is wider. */
export function lineStyle(index: number): string {
  const round = Math.floor(index / DASHES.length);
  const wider = round === 0 ? '' : ` style="stroke-width:${2 + 2 * round}"`;
  return `class="line ${styleClass(index)}"${wider}`;
}

/** Plain colours rather than variables of CSS, which converters of SVG do not know. */
function themeRules({ page, ink, soft, grid, limit, lines }: Theme): string {
  return [
    `.page{fill:${page}}`,
    `text{fill:${ink}}`,
    `.note,.tick{fill:${soft}}`,
    `.grid{stroke:${grid}}`,
    `.base{stroke:${soft}}`,
    `.limit{stroke:${limit}}`,
    ...lines.flatMap((color, i) => [`.line.s${i}{stroke:${color}}`, `.band.s${i}{fill:${color}}`]),
  ].join('');
}

/** The style sheet of every figure. */
export const SVG_STYLE = [
  'text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif;' +
    'font-size:13px}',
  '.title{font-size:16px;font-weight:600}',
  '.note,.tick{font-size:12px}',
  '.line,.limit{fill:none;stroke-width:2;stroke-linejoin:round}',
  ...DASHES.map((dash, i) => `.line.s${i}{stroke-dasharray:${dash}}`),
  '.band{fill-opacity:.15}',
  '.limit{stroke-width:1.5;stroke-dasharray:4 4}',
  themeRules(LIGHT),
  `@media (prefers-color-scheme:dark){${themeRules(DARK)}}`,
].join('\n');

interface LegendEntry {
  /** Attributes of its stroke. */
  readonly style: string;
  readonly text: string;
}

/** Entries with their places from the left edge of the plot. */
export type LegendRow = readonly (LegendEntry & { readonly x: number })[];

const SAMPLE_WIDTH = 40;
const ENTRY_GAP = 24;
/** Mean width of a sign of 13px text; the real one depends on the reader's font. */
const SIGN_WIDTH = 7.2;

/** The legend in rows that fit `width`: a stroke as drawn, and what it is. */
export function legendRows(entries: readonly LegendEntry[], width: number): LegendRow[] {
  const rows: LegendRow[number][][] = [];
  let x = Number.POSITIVE_INFINITY;
  for (const { style, text: whole } of entries) {
    const text = fitText(whole, width - SAMPLE_WIDTH);
    const entryWidth = SAMPLE_WIDTH + textWidth(text);
    if (x + entryWidth > width) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)?.push({ style, text, x });
    x += entryWidth + ENTRY_GAP;
  }
  return rows;
}

/** Pixels of a text, about. */
export function textWidth(text: string): number {
  return Math.ceil(widthOf(text) * SIGN_WIDTH);
}

/** The beginning of a text that fits `width` pixels, with an ellipsis if that is not all. */
export function fitText(text: string, width: number, signWidth = SIGN_WIDTH): string {
  const signs = Math.floor(width / signWidth);
  return widthOf(text) <= signs ? text : `${wrap(text, signs - 1)[0]}…`;
}
