import type { Matrix } from '../../claims/readings/matrix.js';
import type { Reading } from '../../claims/readings/reading.js';
import { tallyOf } from '../../claims/readings/tally.js';
import { recordComment } from '../folder/record.js';
import { PLAIN } from '../terminal/ink.js';
import { markdownTable } from '../words/markdown-table.js';
import { cellText, gapTexts, matrixRows } from './matrix-rows.js';
import { choiceTexts, readingTitle } from './reading-texts.js';
import { heldText, sentenceOf } from './sentence.js';

/** The matrix as a document, which records the command line that wrote it. */
export function readingsDocument(matrix: Matrix, writtenBy: string): string {
  const readings = matrix.columns.map(({ reading }) => reading);
  const rows = matrixRows(matrix).map(({ id, label, rule, cells }) => [
    id,
    label,
    rule,
    ...cells.map((cell) => cellText(cell, PLAIN)),
  ]);
  const held = tallyOf(matrix).held.map(heldText);
  const table = markdownTable(
    ['Claim', 'What', 'Rule', ...readings.map(({ id }) => id)],
    [...rows, ['', 'Measured ones that hold', '', ...held]],
  );
  const lines = [
    '# What the claims hang on',
    '',
    recordComment(writtenBy),
    '',
    sentenceOf(matrix),
    '',
    'A reading is a coherent choice of everything that the paper leaves open. Each claim is ' +
      'asked of each; the costs stay as they were fitted under the first, the reference.',
    '',
    ...table,
    '',
    'Means over the seeds; ✔ holds, ✘ fails, ? undecided, - no verdict, which counts neither way.',
    ...gapTexts(matrix).flatMap((text) => ['', `${text}.`]),
    ...readings.flatMap((reading) => sectionOf(matrix, reading)),
  ];
  return `${lines.join('\n')}\n`;
}

function sectionOf(matrix: Matrix, reading: Reading): string[] {
  return [
    '',
    `## ${reading.id}: ${readingTitle(matrix, reading)}`,
    '',
    reading.idea,
    '',
    ...choiceTexts(matrix, reading).map((text) => `- ${text}`),
  ];
}
