import type { Matrix } from '../../claims/readings/matrix.js';
import { type Held, isMeasured, tallyOf } from '../../claims/readings/tally.js';

/** What a matrix comes to, in a sentence. */
export function sentenceOf(matrix: Matrix): string {
  const { measured, everywhere, somewhere, nowhere, open, held } = tallyOf(matrix);
  const claims = measured === 1 ? '1 claim' : `${measured} claims`;
  if (measured === 0) return 'None of these claims is one that the paper measured.';
  if (open === measured)
    return `What was run tells of none of the ${claims} that the paper measured.`;
  const [reference] = matrix.columns;
  const first = held[0] ?? { hold: 0, judged: 0 };
  const they = everywhere === 1 ? 'it applies' : 'they apply';
  const where = isAskedEverywhere(matrix) ? 'every reading' : `every reading to which ${they}`;
  const rest = open === 0 ? '' : `; of ${open} what was run does not tell`;
  return (
    `Of the ${claims} that the paper measured, ${everywhere} ${verb(everywhere)} under ${where}, ` +
    `${somewhere} ${verb(somewhere)} under some and ${nowhere} under none${rest}; under the ` +
    `reference, ${reference?.reading.title}, ${first.hold} ${verb(first.hold)}.`
  );
}

/** "11 of 12", or "-" if nothing was judged. */
export function heldText({ hold, judged }: Held): string {
  return judged === 0 ? '-' : `${hold} of ${judged}`;
}

function verb(count: number): string {
  return count === 1 ? 'holds' : 'hold';
}

function isAskedEverywhere({ claims, columns }: Matrix): boolean {
  return columns.every(({ cells }) =>
    cells.every(({ kind }, c) => kind !== 'not asked' || !isMeasured(claims[c] ?? { figure: '' })),
  );
}
