import type { Finding } from '../../claims/sensitivity/findings.js';
import type { Survey } from '../../claims/sensitivity/survey.js';
import { createInk } from '../terminal/ink.js';
import { MIN_COLUMNS, type Terminal } from '../terminal/terminal.js';
import { wrap } from '../words/text.js';
import { heatMap } from './sensitivity-heat-map.js';
import { survivalTable } from './survival-table.js';

/** What `verify --sensitivity` prints. */
export function renderSensitivity(
  survey: Survey,
  findings: readonly Finding[],
  style: Terminal,
): string {
  const ink = createInk(style);
  const columns = Math.max(MIN_COLUMNS, style.columns);
  const points = survey.points.filter(({ kind }) => kind === 'all').length;
  const heading = (text: string) => wrap(text, columns).map(ink.bold);
  return [
    ...heading('What one cost, or assumed setting, by itself does to the claims'),
    '',
    ...heatMap(findings, ink, columns),
    '',
    ...heading(
      `All that is fitted or assumed varied together, by -30 to +30%, at ${points} points; what ` +
        'decides, with its rank correlation to the margin',
    ),
    '',
    ...survivalTable(findings, ink, columns),
  ].join('\n');
}

/** The object that `verify --sensitivity --json` prints. */
export function sensitivityJson(
  survey: Survey,
  findings: readonly Finding[],
  files: readonly string[],
) {
  return {
    costs: survey.costs,
    points: survey.points.length,
    claims: findings.map(({ claim, margin, unit, survivesPct, effects, decidedBy }) => ({
      id: claim,
      margin,
      unit,
      borne_out_pct: Number.isFinite(survivesPct) ? survivesPct : null,
      decided_by: decidedBy?.cost ?? null,
      effects: effects.map(({ cost, change, correlation, survivesBelow, survivesAbove }) => ({
        cost,
        change,
        correlation,
        borne_out_below: survivesBelow,
        borne_out_above: survivesAbove,
      })),
    })),
    files,
  };
}
