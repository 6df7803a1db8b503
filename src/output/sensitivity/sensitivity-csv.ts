import type { Finding } from '../../claims/sensitivity/findings.js';
import { type Survey, survives } from '../../claims/sensitivity/survey.js';
import { columnsOf } from '../csv/columns.js';
import { toCsv } from '../csv/csv.js';

const DECIMALS = 6;

/** One row per point and varied cost. */
export function pointsCsv({ points }: Survey): string {
  const rows = points.flatMap(({ kind, factors }, point) =>
    [...factors].map(([cost, factor]) => ({ point, kind, cost, factor })),
  );
  return toCsv(columnsOf.sensitivityPoints, rows, DECIMALS, { exact: ['factor'] });
}

/** One row per point and claim. */
export function outcomesCsv({ points, claims }: Survey): string {
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

/** One row per claim and cost. */
export function effectsCsv(findings: readonly Finding[]): string {
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
