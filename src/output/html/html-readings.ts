import type { Matrix } from '../../claims/readings/matrix.js';
import type { Reading } from '../../claims/readings/reading.js';
import { tallyOf } from '../../claims/readings/tally.js';
import type { ConditionResult } from '../../measure/experiment-result.js';
import { cellText, gapTexts, matrixRows } from '../readings/matrix-rows.js';
import { choiceTexts, readingTitle } from '../readings/reading-texts.js';
import { heldText } from '../readings/sentence.js';
import { PLAIN } from '../terminal/ink.js';
import type { Anchors } from './anchors.js';
import { type Cell, table } from './html-table.js';
import { html, type Markup } from './markup.js';

/** Claims by readings, and what each reading takes. */
export function readingsContent(matrix: Matrix, anchors: Anchors): Markup {
  const readings = matrix.columns.map(({ reading }) => ({
    reading,
    anchor: anchors.take(`reading-${reading.id}`),
  }));
  const rows = matrixRows(matrix).map(({ id, label, rule, cells }): Cell[] => [
    { content: id },
    { content: label },
    { content: rule },
    // Not as numbers: those do not wrap, and a page has no room for many readings then.
    ...cells.map((cell): Cell => ({ content: verdict(cell) })),
  ]);
  const held: Cell[] = [
    { content: 'Measured ones that hold' },
    { content: '' },
    { content: '' },
    ...tallyOf(matrix).held.map((one): Cell => ({ content: heldText(one) })),
  ];
  const heads = ['Claim', 'What', 'Rule', ...readings.map(({ reading }) => reading.id)];
  return html`<p>A reading is a coherent choice of everything that the paper leaves open. Each claim
is asked of each: ${readings.map(
    ({ reading, anchor }, i) => html`${i === 0 ? '' : ', '}<a href="#${anchor}">${reading.id}</a>`,
  )}. The costs stay as they were fitted under the first.
Where a claim cannot be asked (-), that counts neither way.</p>
${table('Claims by readings: means over the seeds, and verdicts', heads, [...rows, held])}
${gapTexts(matrix).map((text) => html`<p class="about">${text}.</p>\n`)}
${readings.map(({ reading, anchor }) => readingDetails(matrix, reading, anchor))}`;
}

function verdict(cell: ConditionResult | null): Markup {
  const text = cellText(cell, PLAIN);
  return cell === null ? html`${text}` : html`<span class="${cell.verdict}">${text}</span>`;
}

function readingDetails(matrix: Matrix, reading: Reading, anchor: string): Markup {
  const choices = choiceTexts(matrix, reading).map((text) => html`<li>${text}</li>\n`);
  return html`<article id="${anchor}">
<h3><a href="#${anchor}">${reading.id}</a>: ${readingTitle(matrix, reading)}</h3>
<p>${reading.idea}</p>
<ul>${choices}</ul>
</article>
`;
}
