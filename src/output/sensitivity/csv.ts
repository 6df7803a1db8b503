import type { Finding } from '../../claims/sensitivity/findings.js';
import { type Survey, survives } from '../../claims/sensitivity/survey.js';
import { columnsOf, headerOf } from '../columns.js';
import { toCsv } from '../csv.js';
import type { NewFile } from '../replace-files.js';

const DECIMALS = 6;

/** The files of a survey, which no data package lists, and how they begin. */
export const SENSITIVITY_FILES = {
  'points.csv': headerOf(columnsOf.sensitivityPoints),
  'outcomes.csv': headerOf(columnsOf.sensitivityOutcomes),
  'effects.csv': headerOf(columnsOf.sensitivityEffects),
};

/** The files of a survey: its points, what became of the claims there, and what follows. */
export function sensitivityFiles(survey: Survey, findings: readonly Finding[]): NewFile[] {
  return [
    { name: 'points.csv', content: pointsCsv(survey) },
    { name: 'outcomes.csv', content: outcomesCsv(survey) },
    { name: 'effects.csv', content: effectsCsv(findings) },
  ];
}

/** A row a point and varied cost. */
function pointsCsv({ points }: Survey): string {
  const rows = points.flatMap(({ kind, factors }, point) =>
    [...factors].map(([cost, factor]) => ({ point, kind, cost, factor })),
  );
  return toCsv(columnsOf.sensitivityPoints, rows, DECIMALS, { exact: ['factor'] });
}

/** A row a point and claim. */
function outcomesCsv({ points, claims }: Survey): string {
  const rows = points.flatMap(({ kind, outcomes }, point) =>
    outcomes.map((outcome, c) => ({
      point,
      kind,
      claim: claims[c]?.id ?? '',
      margin: outcome.margin,
      unit: outcome.unit,
      borne_out: survives(outcome) ? 'yes' : 'no',
    })),
  );
  return toCsv(columnsOf.sensitivityOutcomes, rows, DECIMALS);
}

/** A row a claim and cost. */
function effectsCsv(findings: readonly Finding[]): string {
  const rows = findings.flatMap(({ claim, margin, unit, survivesPct, effects }) =>
    effects.map(({ cost, change, correlation, survivesBelow, survivesAbove }) => ({
      claim,
      cost,
      margin,
      change,
      unit,
      correlation,
      borne_out_below: survivesBelow ? 'yes' : 'no',
      borne_out_above: survivesAbove ? 'yes' : 'no',
      borne_out_pct: survivesPct,
    })),
  );
  return toCsv(columnsOf.sensitivityEffects, rows, DECIMALS);
}
