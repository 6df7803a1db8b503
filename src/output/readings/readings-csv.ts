import type { Matrix } from '../../claims/readings/matrix.js';
import { POINT_NAMES, POINTS } from '../../claims/readings/points.js';
import { choiceText, departuresFrom } from '../../claims/readings/set-up-under.js';
import { columnsOf } from '../csv/columns.js';
import { boundsOf, type Row, toCsv } from '../csv/csv.js';

const DECIMALS = 4;

/** One row per condition of a claim and reading. */
export function matrixCsv({ claims, columns }: Matrix): string {
  const rows = claims.flatMap((claim, c) =>
    claim.conditions.flatMap(({ label }, i) =>
      columns.map(({ reading, cells }): Row => {
        const cell = cells[c];
        const place = { claim: claim.id, condition: label, reading: reading.id };
        const paper = { basis: claim.basis, evidence: claim.evidence };
        if (cell?.kind !== 'judged') {
          return { ...place, ...paper, no_verdict: `${cell?.kind}: ${cell?.reason}` };
        }
        const condition = cell.claim.conditions[i];
        if (condition === undefined) throw new Error(`${claim.id} has no condition ${label}`);
        const { mean, unit, rule, margin, marginUnit, sd, n, verdict } = condition;
        return {
          ...place,
          ...paper,
          verdict: cell.claim.verdict,
          condition_verdict: verdict,
          measured: mean,
          ...boundsOf(condition),
          unit,
          rule,
          margin,
          margin_unit: marginUnit,
          sd,
          n,
        };
      }),
    ),
  );
  return toCsv(columnsOf.matrix, rows, DECIMALS);
}

/** One row per reading and open point. */
export function choicesCsv({ columns }: Matrix): string {
  const [first] = columns;
  const rows = columns.flatMap(({ reading }) => {
    const departures = first === undefined ? [] : departuresFrom(first.reading, reading);
    return POINT_NAMES.map((point) => ({
      reading: reading.id,
      point,
      question: POINTS[point].question,
      value: choiceText(reading, point),
      departs: departures.some((one) => one.point === point) ? 'yes' : 'no',
      reason: reading.choices[point].reason,
    }));
  });
  return toCsv(columnsOf.choices, rows, DECIMALS);
}
