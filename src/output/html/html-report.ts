import type { Matrix } from '../../claims/readings/matrix.js';
import { recordComment } from '../folder/record.js';
import { sentenceOf } from '../readings/sentence.js';
import type { JudgedClaims } from '../words/claim-words.js';
import { Anchors } from './anchors.js';
import { type Chapter, chapterSection } from './chapter.js';
import { claimDetails, claimsSummary } from './html-claims.js';
import { readingsContent } from './html-readings.js';
import { table } from './html-table.js';
import { type Content, html, Markup } from './markup.js';
import { PAGE_STYLE } from './style.js';

/** A cost of a machine, as `show` explains it. */
export interface CostRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly origin: string;
  readonly fits: string | null;
  readonly description: string;
  readonly source: string;
}

/** Everything that a report is about. */
export interface ReportContent {
  readonly version: string;
  /** The command that writes this report again. */
  readonly command: string;
  readonly chapters: readonly Chapter[];
  readonly judged: JudgedClaims;
  /** The claims under several readings; null if they were not asked. */
  readonly readings: Matrix | null;
  readonly machines: readonly { readonly title: string; readonly costs: readonly CostRow[] }[];
}

/**
 * The report as one file that needs nothing else: no network, no script.
 * @param writtenBy the command line that may replace the file
 */
export function renderHtml(
  { version, command, chapters, judged, readings, machines }: ReportContent,
  writtenBy: string,
): string {
  const anchors = new Anchors(['readings', 'claims', 'details', 'costs']);
  const placed = chapters.map((chapter) => ({ chapter, anchor: anchors.take(chapter.result.id) }));
  const claimAnchors = judged.claims.map(({ id }) => anchors.take(id));
  const hasClaims = judged.claims.length + judged.unjudged.length > 0;
  const page = html`<!doctype html>
${new Markup(recordComment(writtenBy))}
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="offloadcage ${version}">
<title>OffloadCage: report</title>
<style>${new Markup(PAGE_STYLE)}</style>
</head>
<body>
<header>
<h1>OffloadCage: report</h1>
${readings === null ? '' : html`<p class="lead">${sentenceOf(readings)}</p>`}
<p>What came out when the experiments of <cite>Resource Management for Offloading IDS with
VMs</cite> (Arai, Kourai, Chiba, 2010) were run on a simulated Xen 3.3 machine.</p>
<p class="about">offloadcage ${version}. Written by <code>${command}</code>; the same command and
files give the same report.</p>
<nav aria-label="Contents"><ul>
${readings === null ? '' : link('readings', 'Readings')}
${hasClaims ? link('claims', 'Claims') : ''}
${placed.map(({ anchor }) => link(anchor, anchor))}
${judged.claims.length > 0 ? link('details', 'The claims at length') : ''}
${machines.length > 0 ? link('costs', 'Costs') : ''}
</ul></nav>
</header>
<main>
${
  readings === null
    ? ''
    : section('readings', 'What the claims hang on', readingsContent(readings, anchors))
}
${hasClaims ? section('claims', 'Claims', claimsSummary(judged, claimAnchors)) : ''}
${placed.map(({ chapter, anchor }) => chapterSection(chapter, anchor, anchors))}
${
  judged.claims.length > 0
    ? section(
        'details',
        'The claims at length',
        judged.claims.map((claim, i) => claimDetails(claim, claimAnchors[i] ?? '')),
      )
    : ''
}
${
  machines.length > 0
    ? section(
        'costs',
        'Costs of the machine and where they come from',
        machines.map(({ title, costs }) => costTable(title, costs)),
      )
    : ''
}
</main>
</body>
</html>
`;
  return page.text;
}

function link(anchor: string, text: string): Markup {
  return html`<li><a href="#${anchor}">${text}</a></li>\n`;
}

function section(anchor: string, title: string, content: Content): Markup {
  return html`<section>
<h2 id="${anchor}">${title}</h2>
${content}
</section>
`;
}

function costTable(title: string, costs: readonly CostRow[]): Markup {
  const rows = costs.map(({ name, value, unit, origin, fits, description, source }) => [
    { content: name },
    { content: `${value}\u00a0${unit}`, isNumber: true },
    { content: fits === null ? origin : `${origin} to ${fits}` },
    { content: `${description} ${source}` },
  ]);
  return table(title, ['Cost', 'Value', 'Origin', 'What it is, and why this value'], rows);
}
