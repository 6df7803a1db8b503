import type { ExperimentResult, VariantResult } from '../../experiments/result.js';
import { breakdownTitle } from '../breakdown-table.js';
import { figureData, figureTitle } from '../figure-data.js';
import { formatNumber } from '../numbers.js';
import { seedsText } from '../report.js';
import { summaryNotes } from '../summary-notes.js';
import { rowTexts, summaryRows } from '../summary-rows.js';
import { figureSvg, seedNote } from '../svg.js';
import { html, Markup } from './markup.js';
import { table } from './table.js';

/** An experiment in the report. */
export interface Chapter {
  readonly result: ExperimentResult;
  readonly description: string;
  /** Section of the paper; empty if there is none. */
  readonly paper: string;
  readonly variants: readonly { readonly title: string; readonly description: string }[];
}

/** On a phone drawings are made for its width: shrunk ones cannot be read. */
const NARROW_WIDTH = 360;

/** Figures, means and breakdown of one experiment. */
export function chapterSection({ result, description, paper, variants }: Chapter): Markup {
  const { id, title, durationS, warmupS, seeds, definitionHash } = result;
  const described = variants.filter((variant) => variant.description !== '');
  return html`<section>
<h2 id="${id}">${title}</h2>
<p>${description}</p>
${described.length === 0 ? '' : html`<ul>${described.map(variantItem)}</ul>`}
<p class="about">${paper === '' ? '' : html`Paper: ${paper}. `}${durationS} s after ${warmupS} s of
warm-up, ${seedsText(seeds)}, definition ${definitionHash}.</p>
${result.figures.map((_, i) => drawing(result, i))}
${means(result)}
${breakdown(result.variants)}
</section>
`;
}

function variantItem({ title, description }: Chapter['variants'][number]): Markup {
  return html`<li><strong>${title}</strong>: ${description}</li>\n`;
}

function drawing(result: ExperimentResult, index: number): Markup {
  const figure = result.figures[index];
  if (figure === undefined) return html``;
  const data = figureData(result, figure);
  const wide = figureSvg(data, { id: `${figure.id}-wide-`, titled: false });
  const narrow = figureSvg(data, {
    id: `${figure.id}-narrow-`,
    width: NARROW_WIDTH,
    titled: false,
  });
  return html`<figure id="${figure.id}">
<figcaption>${figureTitle(figure)}<span>${seedNote(data.seeds)}</span></figcaption>
<div class="wide">${new Markup(wide)}</div>
<div class="narrow">${new Markup(narrow)}</div>
</figure>
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
      const text = part === undefined ? '-' : `${formatNumber(part.cpu_pct, 2)} %`;
      return { content: text, isNumber: true };
    }),
  ]);
  const heads = ['Part', ...known.map(({ title }) => title)];
  return table(breakdownTitle(known), heads, rows);
}
