import type { Matrix } from '../../claims/readings/matrix.js';
import { POINT_NAMES, POINTS } from '../../claims/readings/points.js';
import type { Reading } from '../../claims/readings/reading.js';
import { choiceText, departuresFrom } from '../../claims/readings/set-up-under.js';

/** "CFS", or "the kernels' source, the reference". */
export function readingTitle({ columns }: Matrix, reading: Reading): string {
  return columns[0]?.reading === reading ? `${reading.title}, the reference` : reading.title;
}

/** What a reading takes, and why: of the reference everything, of others what is not its. */
export function choiceTexts({ columns }: Matrix, reading: Reading): string[] {
  const [first] = columns;
  if (first === undefined || first.reading === reading) {
    return POINT_NAMES.map((point) => {
      const { reason } = reading.choices[point];
      return `${POINTS[point].question}: ${choiceText(reading, point)}. ${reason}`;
    });
  }
  return departuresFrom(first.reading, reading).map(
    ({ question, value, instead, reason }) =>
      `${question}: ${value} instead of ${instead}. ${reason}`,
  );
}
