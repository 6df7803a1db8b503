import type { ExperimentResult } from '../experiments/result.js';
import { breakdownTable } from './breakdown-table.js';
import { renderChart } from './chart.js';
import { claimsList, type JudgedClaims, unjudgedLines, verdictCounts } from './claims-list.js';
import {
  CLAIMS_OVERVIEW_COLUMNS,
  CLAIMS_TABLE_COLUMNS,
  claimsOverview,
  claimsTable,
} from './claims-table.js';
import { figureData } from './figure-data.js';
import { createInk, type Ink, type Style } from './ink.js';
import { summaryTable } from './summary-table.js';
import { padEnd, withCleanText, wrap } from './text.js';

export interface ReportStyle extends Style {
  readonly charts: boolean;
}

/** Below this nothing is legible: the report is laid out for so many columns at least. */
const MIN_COLUMNS = 40;
/** Terminals this wide get two charts beside one another; a single one grows no wider. */
const TWO_CHARTS_COLUMNS = 160;
const MAX_CHART_WIDTH = 120;
const CHART_GAP = 4;

/** The report of an experiment for people: figures, table, breakdown and claims. */
export function renderReport(result: ExperimentResult, style: ReportStyle): string {
  const ink = createInk(style);
  const columns = Math.max(MIN_COLUMNS, style.columns);
  const clean = withCleanText(result, style.unicode);
  const charts = style.charts ? chartLines(clean, ink, columns) : [];
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
    sections.push(...claimSections('Claims of the paper', clean, inFull(columns), ink, columns));
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
  const layout = columns >= CLAIMS_OVERVIEW_COLUMNS ? claimsOverview : claimsList;
  const [table = [], ...missing] = claimSections(
    'All claims of the paper',
    clean,
    layout,
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

function chartLines(result: ExperimentResult, ink: Ink, columns: number): string[][] {
  const perRow = columns >= TWO_CHARTS_COLUMNS ? 2 : 1;
  const width = Math.min(
    MAX_CHART_WIDTH,
    Math.floor((columns - (perRow - 1) * CHART_GAP) / perRow),
  );
  const charts = result.figures.map((figure) =>
    renderChart(figureData(result, figure), ink, width),
  );
  const rows: string[][] = [];
  for (let i = 0; i < charts.length; i += perRow) {
    rows.push(beside(charts.slice(i, i + perRow), width + CHART_GAP));
  }
  return rows;
}

/** Blocks of lines beside one another, each starting `step` columns after the one before. */
function beside(blocks: readonly (readonly string[])[], step: number): string[] {
  const height = Math.max(...blocks.map((block) => block.length));
  return Array.from({ length: height }, (_, y) =>
    blocks.reduce((line, block, i) => padEnd(line, i * step) + (block[y] ?? ''), ''),
  );
}
