import { LOOKS } from '../figure/looks.js';
import { widthOf, wrap } from '../words/text.js';

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
  lines: ['#0072b2', '#c04b00', '#00795a', '#9c4f7e', '#8a6d00', '#4d4d4d', '#5e3db3', '#5a7d00'],
};

const DARK: Theme = {
  page: '#0d1117',
  ink: '#e6edf3',
  soft: '#9198a1',
  grid: '#262c36',
  limit: '#ff7b72',
  lines: ['#56b4e9', '#f0883e', '#2fc79a', '#e29bc6', '#e6c229', '#c0c0c0', '#a996ff', '#a8cc3d'],
};

/** Lines are told apart by their dashes, too: as many as there are looks. */
const DASHES = ['none', '10 4', '2 3', '12 4 2 4', '5 3', '1 5', '16 4', '8 3 2 3 2 3'];

/** The style sheet's class of a look's colour and dashes. */
export function styleClass(look: number): string {
  return `s${look % LOOKS}`;
}

/** The attributes of a line with this look. When the dashes repeat, the line is wider. */
export function lineStyle(look: number): string {
  const round = Math.floor(look / LOOKS);
  const wider = round === 0 ? '' : ` style="stroke-width:${2 + 2 * round}"`;
  return `class="line ${styleClass(look)}"${wider}`;
}

/** Plain colours rather than variables of CSS, which converters of SVG do not know. */
function themeRules({ page, ink, soft, grid, limit, lines }: Theme): string {
  return [
    `.page{fill:${page}}`,
    `text{fill:${ink}}`,
    `.note,.tick{fill:${soft}}`,
    `.grid{stroke:${grid}}`,
    `.base,.other{stroke:${soft}}`,
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
  '.line,.limit,.other{fill:none;stroke-width:2;stroke-linejoin:round}',
  ...DASHES.map((dash, i) => `.line.s${i}{stroke-dasharray:${dash}}`),
  '.other{stroke-width:1;stroke-opacity:.5}',
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

/** A line of the legend: the stroke of each entry that begins in it, and the text. */
export type LegendRow = readonly {
  /** Null behind the first line of a text. */
  readonly style: string | null;
  readonly text: string;
  /** From the left edge of the legend. */
  readonly x: number;
}[];

/** Pixels of a stroke in the legend, with the gap to its text. */
export const SAMPLE_WIDTH = 40;
const ENTRY_GAP = 24;
/** Mean width of a sign of 13px text; the real one depends on the reader's font. */
const SIGN_WIDTH = 7.2;

/** The legend in rows that fit `width`; a text that is wider takes several. */
export function legendRows(entries: readonly LegendEntry[], width: number): LegendRow[] {
  const rows: LegendRow[number][][] = [];
  let x = Number.POSITIVE_INFINITY;
  for (const { style, text } of entries) {
    const [first = '', ...more] = wrapText(text, width - SAMPLE_WIDTH);
    const entryWidth = SAMPLE_WIDTH + textWidth(first);
    if (x + entryWidth > width) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)?.push({ style, text: first, x });
    x += entryWidth + ENTRY_GAP;
    for (const line of more) {
      rows.push([{ style: null, text: line, x: 0 }]);
      x = Number.POSITIVE_INFINITY;
    }
  }
  return rows;
}

/** Pixels of a text, about. */
export function textWidth(text: string): number {
  return Math.ceil(widthOf(text) * SIGN_WIDTH);
}

/** A text in lines that fit `width` pixels. */
export function wrapText(text: string, width: number, signWidth = SIGN_WIDTH): string[] {
  return wrap(text, Math.max(1, Math.floor(width / signWidth)));
}
