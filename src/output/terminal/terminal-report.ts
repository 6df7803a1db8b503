import type { ExperimentResult } from '../../measure/experiment-result.js';
import { figureData } from '../figure/figure-data.js';
import { claimParts, type JudgedClaims, verdictCounts } from '../words/claim-words.js';
import { seedsTakenText } from '../words/seeds-taken.js';
import { withCleanText, wrap } from '../words/text.js';
import { breakdownTable } from './breakdown-table.js';
import { renderChart } from './chart.js';
import { chartRows } from './chart-rows.js';
import { claimLines } from './claim-lines.js';
import { claimsList, unjudgedLines } from './claims-list.js';
import { CLAIMS_TABLE_COLUMNS, claimsOverview, claimsTable } from './claims-table.js';
import { createInk, type Ink } from './ink.js';
import { summaryTable } from './summary-table.js';
import { MIN_COLUMNS, type Terminal } from './terminal.js';

const AND = new Intl.ListFormat('en-GB');

export interface ReportStyle extends Terminal {
  readonly charts: 'main' | 'all' | 'none';
  /** With all that is known about the claims at the end. */
  readonly verbose: boolean;
}

/** The report of an experiment for people: claims in short, means, figures, breakdown. */
export function renderReport(result: ExperimentResult, style: ReportStyle): string {
  const ink = createInk(style);
  const columns = Math.max(MIN_COLUMNS, style.columns);
  const clean = withCleanText(result, style.unicode);
  const hasClaims = clean.claims.length + clean.unjudged.length > 0;
  const breakdown = breakdownTable(clean, ink, columns);
  return textOf([
    headLines(clean, ink, columns),
    ...(hasClaims ? [claimLines(clean, ink, columns)] : []),
    [...noteLines(clean, ink, columns), '', ...summaryTable(clean, ink, columns)],
    ...figureSections(clean, style.charts, ink, columns),
    ...(breakdown.length > 0 ? [breakdown] : []),
    ...(hasClaims && style.verbose
      ? claimSections('The claims at length', clean, inFull(columns), ink, columns)
      : []),
  ]);
}

function figureSections(
  result: ExperimentResult,
  charts: ReportStyle['charts'],
  ink: Ink,
  columns: number,
): string[][] {
  const { figures } = result;
  const main = figures.find(({ isMain }) => isMain) ?? figures[0];
  if (charts === 'none' || main === undefined) return [];
  const shown = charts === 'all' ? figures : [main];
  const drawn = chartRows(shown, columns, (figure, width) =>
    renderChart(figureData(result, figure), ink, width),
  );
  const others = figures.filter((figure) => !shown.includes(figure));
  if (others.length === 0) return drawn;
  const names = AND.format(others.map(({ number }) => `${number}`));
  const which = others.length === 1 ? `figure ${names}` : `figures ${names}`;
  return [...drawn, wrap(`--charts all shows ${which}, too.`, columns).map(ink.dim)];
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
  const all = claimSections('All claims of the paper', clean, claimsOverview, ink, columns);
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
    textOf([...all, note]),
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
  return claimParts(title, judged).flatMap((part) => {
    const { claims, unjudged } = part.judged;
    const text = `${part.title}: ${verdictCounts(part.judged)}`;
    const heading = wrap(text, columns).map(ink.bold);
    const table = claims.length === 0 ? [] : ['', ...layout(claims, ink, columns)];
    const missing = unjudgedLines(unjudged, columns);
    return [[...heading, ...table], ...(missing.length === 0 ? [] : [missing])];
  });
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

function noteLines({ seeds, seedsTaken }: ExperimentResult, ink: Ink, columns: number): string[] {
  const note =
    seeds.length > 1
      ? `Means; ${ink.plusMinus} is the half width of the 95% CI over ${seeds.length} seeds`
      : 'One seed: no confidence interval';
  const taken = seedsTaken === undefined ? [] : wrap(seedsTakenText(seedsTaken), columns);
  return [...wrap(note, columns), ...taken];
}
