import type { ExperimentResult, VariantResult } from '../../measure/experiment-result.js';
import { figureData, figureTitle } from '../figure/figure-data.js';
import { figureNote, figureSvg } from '../svg/svg.js';
import { breakdownTitle } from '../terminal/breakdown-table.js';
import { seedsText } from '../terminal/terminal-report.js';
import { formatNumber } from '../words/numbers.js';
import { summaryNotes } from '../words/summary-notes.js';
import { rowTexts, summaryRows } from '../words/summary-rows.js';
import type { Anchors } from './anchors.js';
import { claimDetails, claimsSummary } from './html-claims.js';
import { table } from './html-table.js';
import { html, Markup } from './markup.js';

/** A result of an experiment in the report. */
export interface Chapter {
  readonly result: ExperimentResult;
  /** Where it was read from, with the verdicts on its claims; else it was run for the report. */
  readonly folder?: string;
}

/** One that was read from a folder. */
export type StoredChapter = Required<Chapter>;

/**
 * Widths of the drawings by the class that the style sheet shows on pages of about that width: a
 * drawing that is shrunk or blown up cannot be read.
 */
const WIDTHS = { narrow: 360, medium: 600, wide: 960 };

/**
 * Figures, means and breakdown of one experiment; of one that was read from files its claims, too.
 * @param anchor id of the chapter
 * @param anchors gives the ids of places in it
 */
export function chapterSection(
  { result, folder }: Chapter,
  anchor: string,
  anchors: Anchors,
): Markup {
  const { title, description, paper, durationS, warmupS, seeds, definitionHash, version } = result;
  const described = result.variants.filter((variant) => variant.description !== '');
  return html`<section>
<h2 id="${anchor}">${title}</h2>
<p>${description}</p>
${described.length === 0 ? '' : html`<ul>${described.map(variantItem)}</ul>`}
<p class="about">${paper === '' ? '' : html`Paper: ${paper}. `}${durationS}\u00a0s after
${warmupS}\u00a0s of warm-up, ${seedsText(seeds)}, definition ${definitionHash}.${
    folder === undefined
      ? ''
      : html` Read from <code>${folder}</code>, which offloadcage ${version} wrote; not run again.`
  }</p>
${folder === undefined ? '' : storedClaims(result, anchors)}
${result.figures.map((_, i) => drawing(result, i, anchors))}
${means(result)}
${breakdown(result.variants)}
</section>
`;
}

function storedClaims(judged: ExperimentResult, anchors: Anchors): Markup {
  if (judged.claims.length + judged.unjudged.length === 0) return html``;
  const ids = judged.claims.map(({ id }) => anchors.take(id));
  return html`${claimsSummary(judged, ids)}
${judged.claims.map((claim, i) => claimDetails(claim, ids[i] ?? ''))}`;
}

function variantItem({ title, description }: VariantResult): Markup {
  return html`<li><strong>${title}</strong>: ${description}</li>\n`;
}

function drawing(result: ExperimentResult, index: number, anchors: Anchors): Markup {
  const figure = result.figures[index];
  if (figure === undefined) return html``;
  const data = figureData(result, figure);
  const anchor = anchors.take(figure.id);
  const drawings = Object.entries(WIDTHS).map(([name, width]) => {
    const svg = figureSvg(data, { id: `${anchor}-${name}-`, width, titled: false });
    return html`<div class="${name}"><p>${figureNote(data, width)}</p>${new Markup(svg)}</div>\n`;
  });
  return html`<figure id="${anchor}">
<figcaption>${figureTitle(figure)}</figcaption>
${drawings}</figure>
`;
}

function means(result: ExperimentResult): Markup {
  const rows = summaryRows(result);
  const cells = rows.shown.map((row) => [
    { content: `${row.label} (${row.unit})` },
    ...rowTexts(row).map(({ mean, half }) => ({
      content: half === '' ? mean : `${mean}\u00a0±\u00a0${half}`,
      isNumber: true,
    })),
  ]);
  const heads = ['Metric', ...result.variants.map(({ title }) => title)];
  const notes = summaryNotes(rows, result);
  const interval = result.seeds.length > 1 ? ', ± half of the 95% confidence interval' : '';
  const caption = `Means of ${result.id}${interval}`;
  return html`${table(caption, heads, cells)}
${notes.map((note) => html`<p class="about">${note}</p>\n`)}`;
}

function breakdown(variants: readonly VariantResult[]): Markup {
  const known = variants.filter((variant) => variant.breakdown.length > 0);
  if (known.length === 0) return html``;
  const labels = [...new Set(known.flatMap((one) => one.breakdown.map(({ label }) => label)))];
  const rows = labels.map((label) => [
    { content: label },
    ...known.map(({ breakdown: parts }) => {
      const part = parts.find((one) => one.label === label);
      const text = part === undefined ? '-' : `${formatNumber(part.cpu_pct, 2)}\u00a0%`;
      return { content: text, isNumber: true };
    }),
  ]);
  const heads = ['Part', ...known.map(({ title }) => title)];
  return table(breakdownTitle(known), heads, rows);
}
