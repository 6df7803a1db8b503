import type { ExperimentResult } from '../experiments/result.js';
import { breakdownTable } from './breakdown-table.js';
import { renderChart } from './chart.js';
import { chartRows } from './chart-rows.js';
import { claimLines } from './claim-lines.js';
import { claimsList, type JudgedClaims, unjudgedLines, verdictCounts } from './claims-list.js';
import { CLAIMS_TABLE_COLUMNS, claimsOverview, claimsTable } from './claims-table.js';
import { figureData } from './figure-data.js';
import { createInk, type Ink } from './ink.js';
import { summaryTable } from './summary-table.js';
import { MIN_COLUMNS, type Terminal } from './terminal.js';
import { withCleanText, wrap } from './text.js';

export interface ReportStyle extends Terminal {
  readonly charts: boolean;
  /** Claims with all that is known about them, instead of a line each. */
  readonly verbose: boolean;
}

/** The report of an experiment for people: figures, table, breakdown and claims. */
export function renderReport(result: ExperimentResult, style: ReportStyle): string {
  const ink = createInk(style);
  const columns = Math.max(MIN_COLUMNS, style.columns);
  const clean = withCleanText(result, style.unicode);
  const charts = chartRows(style.charts ? clean.figures : [], columns, (figure, width) =>
    renderChart(figureData(clean, figure), ink, width),
  );
  const breakdown = breakdownTable(clean, ink, columns);
  const s6 = clean.claims.some(({ id }) => id === 'S6') ? ' (claim S6)' : '';
  const sections: string[][] = [
    headLines(clean, ink, columns),
    ...charts,
    [...noteLines(clean, ink, columns), '', ...summaryTable(clean, ink, columns)],
  ];
  if (breakdown.length > 0) {
    const heading = `What the CR3 time of the IDS consists of${s6}`;
    sections.push([...wrap(heading, columns).map(ink.bold), '', ...breakdown]);
  }
  if (clean.claims.length + clean.unjudged.length > 0) {
    sections.push(
      ...(style.verbose
        ? claimSections('Claims of the paper', clean, inFull(columns), ink, columns)
        : [claimLines(clean, ink, columns)]),
    );
  }
  return textOf(sections);
}

/**
 * The reports of several experiments, then the claims of which none of them tells all, then all
 * claims in one table.
 */
export function renderCollection(
  results: readonly ExperimentResult[],
  judged: JudgedClaims,
  style: ReportStyle,
): string {
  const ink = createInk(style);
  const columns = Math.max(MIN_COLUMNS, style.columns);
  const clean = withCleanText(judged, style.unicode);
  const told = results.flatMap(({ claims }) => claims);
  const untold = clean.claims.filter(({ id, alternatives: { length } }) =>
    told.every((claim) => claim.id !== id || claim.alternatives.length < length),
  );
  const several = { claims: untold, unjudged: [] };
  const [table = [], ...missing] = claimSections(
    'All claims of the paper',
    clean,
    claimsOverview,
    ink,
    columns,
  );
  const note = wrap(`${ink.plusMinus} is the half width of the 95% CI over the seeds`, columns);
  const parts = [
    ...results.map((result) => renderReport(result, style)),
    ...(untold.length === 0
      ? []
      : [
          textOf(
            claimSections(
              'Claims about several experiments',
              several,
              inFull(columns),
              ink,
              columns,
            ),
          ),
        ]),
    textOf([table, note, ...missing]),
  ];
  return parts.join(`\n\n${ink.dim(ink.rule.repeat(columns))}\n\n`);
}

type ClaimsLayout = typeof claimsTable;

function inFull(columns: number): ClaimsLayout {
  return columns >= CLAIMS_TABLE_COLUMNS ? claimsTable : claimsList;
}

function claimSections(
  title: string,
  judged: JudgedClaims,
  layout: ClaimsLayout,
  ink: Ink,
  columns: number,
): string[][] {
  const heading = wrap(`${title}: ${verdictCounts(judged)}`, columns).map(ink.bold);
  const table = judged.claims.length === 0 ? [] : ['', ...layout(judged.claims, ink, columns)];
  const missing = unjudgedLines(judged.unjudged, columns);
  return [[...heading, ...table], ...(missing.length === 0 ? [] : [missing])];
}

function textOf(sections: readonly (readonly string[])[]): string {
  return sections.map((lines) => lines.map((line) => line.trimEnd()).join('\n')).join('\n\n');
}

/** What was run: enough to run it again. */
function headLines(result: ExperimentResult, ink: Ink, columns: number): string[] {
  const { title, version, definitionHash, durationS, warmupS } = result;
  const facts = [
    `offloadcage ${version}`,
    `${durationS} s after ${warmupS} s of warm-up`,
    seedsText(result.seeds),
    `definition ${definitionHash}`,
  ];
  return [
    ...wrap(title, columns).map(ink.bold),
    // Breaks between the facts, not within.
    ...wrap(facts.map((fact) => fact.replaceAll(' ', '\u00a0')).join(', '), columns).map(ink.dim),
  ];
}

/** "seed 7", "seeds 1 to 10", or "3 seeds from 1 to 9" if they have gaps. */
export function seedsText(seeds: readonly number[]): string {
  const first = Math.min(...seeds);
  const last = Math.max(...seeds);
  if (seeds.length === 1) return `seed ${first}`;
  return last - first === seeds.length - 1
    ? `seeds ${first} to ${last}`
    : `${seeds.length} seeds from ${first} to ${last}`;
}

function noteLines({ seeds }: ExperimentResult, ink: Ink, columns: number): string[] {
  const note =
    seeds.length > 1
      ? `Means; ${ink.plusMinus} is the half width of the 95% CI over ${seeds.length} seeds`
      : 'One seed: no confidence interval';
  return wrap(note, columns);
}
