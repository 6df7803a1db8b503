import type { ExperimentResult } from '../../measure/experiment-result.js';
import { claimJson, precisionJson } from '../json/json.js';
import { claimsList, unjudgedLines } from '../terminal/claims-list.js';
import { claimsOverview } from '../terminal/claims-table.js';
import { createInk } from '../terminal/ink.js';
import { MIN_COLUMNS, type Terminal } from '../terminal/terminal.js';
import { claimParts, type JudgedClaims, PAPERS, verdictCounts } from '../words/claim-words.js';
import { wrap } from '../words/text.js';
import { verdictsJunit } from './junit.js';
import { verdictsMarkdown } from './markdown.js';
import { verdictsTap } from './tap.js';

export type VerdictFormat = 'text' | 'junit' | 'tap' | 'markdown';

/** What `verify` prints. */
export function renderVerdicts(
  judged: JudgedClaims,
  format: VerdictFormat,
  style: Terminal,
): string {
  switch (format) {
    case 'junit':
      return verdictsJunit(judged);
    case 'tap':
      return verdictsTap(judged);
    case 'markdown':
      return verdictsMarkdown(judged);
    case 'text':
      return verdictsText(judged, style);
  }
}

/**
 * The object that `verify --json` prints.
 * @param results what was run: by experiment how many seeds were taken, and why
 */
export function verdictsJson(
  { claims, unjudged }: JudgedClaims,
  results: readonly Pick<ExperimentResult, 'id' | 'seedsTaken'>[],
) {
  return {
    claims: claims.map(claimJson),
    unjudged,
    precision: Object.fromEntries(
      results.flatMap((result) => {
        const precision = precisionJson(result);
        return precision === null ? [] : [[result.id, precision]];
      }),
    ),
  };
}

/** Each claim with all that is known about it, then all of them in a table. */
function verdictsText(judged: JudgedClaims, style: Terminal): string {
  const ink = createInk(style);
  const columns = Math.max(MIN_COLUMNS, style.columns);
  const parts = [
    claimsList(judged.claims, ink, columns),
    ...claimParts(PAPERS, judged).flatMap(({ title, judged: { claims, unjudged } }) => [
      wrap(`${title}: ${verdictCounts({ claims, unjudged })}`, columns).map(ink.bold),
      claims.length > 1 ? claimsOverview(claims, ink, columns) : [],
      unjudgedLines(unjudged, columns),
    ]),
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => line.trimEnd()).join('\n'))
    .join('\n\n');
}
