import type { Matrix } from '../../claims/readings/matrix.js';
import type { Reading } from '../../claims/readings/reading.js';
import { createInk, type Ink } from '../terminal/ink.js';
import { MIN_COLUMNS, type Terminal } from '../terminal/terminal.js';
import { wrap } from '../words/text.js';
import { matrixList } from './matrix-list.js';
import { gapTexts } from './matrix-rows.js';
import { matrixTable } from './matrix-table.js';
import { choiceTexts, readingTitle } from './reading-texts.js';
import { sentenceOf } from './sentence.js';

/** Longer lines of prose are hard to read. */
const MAX_WIDTH = 110;
const INDENT = 4;

/** What `verify --readings` prints: the sentence, the matrix, and what each reading takes. */
export function renderReadings(matrix: Matrix, style: Terminal): string {
  const ink = createInk(style);
  const columns = Math.max(MIN_COLUMNS, style.columns);
  const width = Math.min(columns, MAX_WIDTH);
  const signs =
    `${ink.holds}holds, ${ink.fails}fails, ? undecided, - no verdict, which counts neither way; ` +
    'means over the seeds. Under each reading the costs are those fitted under the first.';
  const sections = [
    wrap(sentenceOf(matrix), width).map(ink.bold),
    matrixTable(matrix, ink, columns) ?? matrixList(matrix, ink, columns),
    [signs, ...gapTexts(matrix).map((text) => `${text}.`)].flatMap((text) => wrap(text, width)),
    ...matrix.columns.map(({ reading }) => readingLines(matrix, reading, ink, width)),
  ];
  return sections.map((lines) => lines.map((line) => line.trimEnd()).join('\n')).join('\n\n');
}

function readingLines(matrix: Matrix, reading: Reading, ink: Ink, width: number): string[] {
  const indent = ' '.repeat(INDENT);
  return [
    ...wrap(`${reading.id}: ${readingTitle(matrix, reading)}`, width).map(ink.bold),
    ...wrap(reading.idea, width),
    ...choiceTexts(matrix, reading).flatMap((text) =>
      wrap(text, width - INDENT - 2).map((line, i) => indent + (i === 0 ? '- ' : '  ') + line),
    ),
  ];
}
