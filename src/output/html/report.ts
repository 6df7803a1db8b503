import type { JudgedClaims } from '../claims-list.js';
import { type Chapter, chapterSection } from './chapter.js';
import { claimDetails, claimsSummary } from './claims.js';
import { html, Markup } from './markup.js';
import { PAGE_STYLE } from './style.js';
import { table } from './table.js';

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
  readonly machines: readonly { readonly title: string; readonly costs: readonly CostRow[] }[];
}

/** By this a report is known as one of this tool's. */
export const GENERATOR = 'offloadcage';

/** The report as one file that needs nothing else: no network, no script. */
export function renderHtml({
  version,
  command,
  chapters,
  judged,
  machines,
}: ReportContent): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="${GENERATOR} ${version}">
<title>OffloadCage: report</title>
<style>${new Markup(PAGE_STYLE)}</style>
</head>
<body>
<header>
<h1>OffloadCage: report</h1>
<p>What came out when the experiments of <cite>Resource Management for Offloading IDS with
VMs</cite> (Arai, Kourai, Chiba, 2010) were run on a simulated Xen 3.3 machine.</p>
<p class="about">offloadcage ${version}. Written by <code>${command}</code>; the same command gives
the same report.</p>
<nav aria-label="Contents"><ul>
<li><a href="#claims">Claims</a></li>
${chapters.map(({ result: { id } }) => html`<li><a href="#${id}">${id}</a></li>\n`)}
<li><a href="#details">The claims at length</a></li>
<li><a href="#costs">Costs</a></li>
</ul></nav>
</header>
<main>
<section>
<h2 id="claims">Claims</h2>
${claimsSummary(judged)}
</section>
${chapters.map(chapterSection)}
<section>
<h2 id="details">The claims at length</h2>
${judged.claims.map(claimDetails)}
</section>
<section>
<h2 id="costs">Costs of the machine and where they come from</h2>
${machines.map(({ title, costs }) => costTable(title, costs))}
</section>
</main>
</body>
</html>
`;
  return page.text;
}

function costTable(title: string, costs: readonly CostRow[]): Markup {
  const rows = costs.map(({ name, value, unit, origin, fits, description, source }) => [
    { content: name },
    { content: `${value} ${unit}`, isNumber: true },
    { content: fits === null ? origin : `${origin} to ${fits}` },
    { content: `${description} ${source}` },
  ]);
  return table(title, ['Cost', 'Value', 'Origin', 'What it is, and why so much'], rows);
}
