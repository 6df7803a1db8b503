import type { Matrix } from '../../claims/readings/matrix.js';
import { type Held, type Standings, tallyOf } from '../../claims/readings/tally.js';

/** What a matrix comes to, in a sentence; and in another, what of that is evidence. */
export function sentenceOf(matrix: Matrix): string {
  const { measured, predicted, held } = tallyOf(matrix);
  const { total, open } = measured;
  const claims = total === 1 ? '1 claim' : `${total} claims`;
  if (total === 0) return 'None of these claims is one that the paper measured.';
  if (open === total) return `What was run tells of none of the ${claims} that the paper measured.`;
  const [reference] = matrix.columns;
  const { hold } = held[0] ?? { hold: 0 };
  const first =
    `Of the ${claims} that the paper measured, ${standingsText(measured)}; ` +
    `under the reference, ${reference?.reading.title}, ${hold} ${verb(hold)}.`;
  return `${first} ${predictionsText(predicted)}`;
}

/** "11 of 12", or "-" if nothing was judged. */
export function heldText({ hold, judged }: Held): string {
  return judged === 0 ? '-' : `${hold} of ${judged}`;
}

function predictionsText(predicted: Standings): string {
  const { total } = predicted;
  if (total === 0) return 'None of them is a prediction.';
  const are = total === 1 ? '1 of them is a prediction' : `${total} of them are predictions`;
  return `${are}: ${standingsText(predicted)}.`;
}

function standingsText({ everywhere, somewhere, nowhere, open }: Standings): string {
  const rest = open === 0 ? '' : `, and of ${open} what was run does not tell`;
  return (
    `${everywhere} ${verb(everywhere)} under every reading, ${somewhere} under some and ` +
    `${nowhere} under none${rest}`
  );
}

function verb(count: number): string {
  return count === 1 ? 'holds' : 'hold';
}
