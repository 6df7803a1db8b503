import type { Cell, Matrix } from '../../claims/readings/matrix.js';
import { POINT_NAMES, POINTS } from '../../claims/readings/points.js';
import { choiceText, departuresFrom } from '../../claims/readings/set-up-under.js';
import { type Standings, tallyOf } from '../../claims/readings/tally.js';
import { conditionJson } from '../json/json.js';
import { sentenceOf } from './sentence.js';

/** The object that `verify --readings --json` prints. The first reading is the reference. */
export function readingsJson(matrix: Matrix, files: readonly string[]) {
  const { claims, columns } = matrix;
  const { held, measured, predicted } = tallyOf(matrix);
  return {
    sentence: sentenceOf(matrix),
    measured_claims: standingsJson(measured),
    measured_and_predicted_claims: standingsJson(predicted),
    readings: columns.map(({ reading }, r) => {
      const [first] = columns;
      const departures = first === undefined ? [] : departuresFrom(first.reading, reading);
      return {
        id: reading.id,
        title: reading.title,
        idea: reading.idea,
        measured_claims: { hold: held[r]?.hold ?? 0, judged: held[r]?.judged ?? 0 },
        choices: POINT_NAMES.map((point) => ({
          point,
          question: POINTS[point].question,
          value: choiceText(reading, point),
          departs: departures.some((one) => one.point === point),
          reason: reading.choices[point].reason,
        })),
      };
    }),
    claims: claims.map((claim, c) => ({
      id: claim.id,
      figure: claim.figure,
      statement: claim.statement,
      paper: claim.paper,
      basis: claim.basis,
      evidence: claim.evidence,
      cells: columns.flatMap(({ reading, cells }) => {
        const cell = cells[c];
        return cell === undefined ? [] : [{ reading: reading.id, ...cellJson(cell) }];
      }),
    })),
    files,
  };
}

function standingsJson({ total, everywhere, somewhere, nowhere, open }: Standings) {
  return {
    total,
    under_every_reading: everywhere,
    under_some: somewhere,
    under_none: nowhere,
    not_judged: open,
  };
}

function cellJson(cell: Cell) {
  if (cell.kind !== 'judged') {
    return { verdict: null, no_verdict: `${cell.kind}: ${cell.reason}`, conditions: [] };
  }
  const { verdict, conditions } = cell.claim;
  return { verdict, no_verdict: null, conditions: conditions.map(conditionJson) };
}
