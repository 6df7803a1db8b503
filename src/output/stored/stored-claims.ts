import { ALL_CLAIMS } from '../../claims/catalog.js';
import { findingOf } from '../../claims/finding.js';
import { allRulesText } from '../../claims/rule.js';
import {
  BASES,
  type CauseResult,
  type ClaimResult,
  type ConditionResult,
  EVIDENCE,
  VERDICTS,
} from '../../measure/experiment-result.js';
import { columnsOf, ROLES, type Role, tableFile } from '../csv/columns.js';
import { readTable, type StoredRow } from './stored-table.js';
import { storedSummary } from './summary.js';

/** The claims of a result folder. Why a rule is what it is stands in no file: this version says. */
export function storedClaims(folder: string): ClaimResult[] {
  const rows = readTable(folder, tableFile('claims'), columnsOf.claims);
  const ids = [...new Set(rows.map((row) => row.text('claim')))];
  return ids.map((id) => claimOf(rows.filter((row) => row.text('claim') === id)));
}

function claimOf(rows: readonly StoredRow[]): ClaimResult {
  const of = (role: Role) => rows.filter((row) => row.oneOf('role', ROLES) === role);
  const [first] = rows as readonly [StoredRow];
  const [head = first.refuse('role', 'condition first')] = of('condition');
  const id = head.text('claim');
  const known = ALL_CLAIMS.find((claim) => claim.id === id);
  const conditions = of('condition').map(conditionOf);
  const alternatives = of('alternative').map(conditionOf);
  const told = alternatives.map(({ label }) => label);
  const labels = (known?.alternatives ?? []).map(({ label }) => label);
  return {
    id,
    figure: head.text('figure'),
    statement: head.text('statement'),
    paper: head.text('paper'),
    rule: allRulesText(conditions),
    reason: known?.reason ?? '',
    conditions,
    alternatives,
    alternativesNotRun: labels.filter((label) => !told.includes(label)),
    causes: of('cause').map(causeOf),
    verdict: head.oneOf('verdict', VERDICTS),
    finding: findingOf(conditions),
    basis: head.oneOf('basis', BASES),
    evidence: head.oneOf('evidence', EVIDENCE),
  };
}

function conditionOf(row: StoredRow): ConditionResult {
  return {
    ...causeOf(row),
    rule: row.text('rule'),
    verdict: row.oneOf('condition_verdict', VERDICTS),
    finding: row.text('finding'),
    margin: row.number('margin'),
    marginUnit: row.text('margin_unit'),
  };
}

function causeOf(row: StoredRow): CauseResult {
  return { label: row.text('condition'), ...storedSummary(row, 'measured') };
}
