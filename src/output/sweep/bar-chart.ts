import type { Ink } from '../terminal/ink.js';
import { penOf } from '../terminal/line-plot.js';
import { meanText } from '../words/numbers.js';
import { padEnd, padStart, widthOf, wrap } from '../words/text.js';
import type { Estimate, SweepChart } from './chart-data.js';
import { allEstimates } from './chart-text.js';

const INDENT = '  ';

/** A metric over a parameter that is no number: a bar a value and variant. */
export function barChart(chart: SweepChart, ink: Ink, width: number): string[] {
  const [axis] = chart.axes;
  const labels = axis?.labels ?? [];
  const isSingle = chart.variants.length === 1;
  const names = isSingle ? labels : chart.variants.map(({ name }) => INDENT + name);
  const labelWidth = Math.min(Math.floor(width / 3), Math.max(...names.map(widthOf)));
  const numbers = allEstimates(chart).map((one) => estimateText(one, ink));
  const numberWidth = Math.max(...numbers.map(widthOf));
  const draw = barsFor(chart, Math.max(1, width - labelWidth - numberWidth - 2), ink);
  const lineOf = (name: string, estimate: Estimate | undefined, look: number) => {
    if (estimate === undefined) return [];
    const [head = '', ...rest] = wrap(name.trimStart(), labelWidth - indentOf(name));
    const label = padEnd(' '.repeat(indentOf(name)) + head, labelWidth);
    const number = padStart(estimateText(estimate, ink), numberWidth);
    return [
      `${label} ${draw(estimate.mean, look)} ${number}`,
      ...rest.map((text) => ' '.repeat(indentOf(name)) + text),
    ];
  };
  const lines = labels.flatMap((label, at) => {
    const bars = chart.variants.flatMap(({ look, estimates }, v) =>
      lineOf(isSingle ? label : (names[v] ?? ''), estimates[at], look),
    );
    return isSingle ? bars : [...wrap(label, width), ...bars];
  });
  const note = `${ink.plusMinus} is the half width of the 95% interval of the mean`;
  const hasIntervals = allEstimates(chart).some(({ low }) => Number.isFinite(low));
  return [...lines, ...(hasIntervals ? wrap(note, width) : [])];
}

function indentOf(name: string): number {
  return name.length - name.trimStart().length;
}

function estimateText({ mean, low, high }: Estimate, ink: Ink): string {
  return meanText({ mean, ci95: [low, high] }, ` ${ink.plusMinus} `);
}

/** Draws bars from 0 to the value, all on one scale. */
function barsFor(chart: SweepChart, width: number, ink: Ink) {
  const means = allEstimates(chart)
    .map(({ mean }) => mean)
    .filter(Number.isFinite);
  const low = Math.min(0, ...means);
  const span = Math.max(0, ...means) - low;
  const column = (value: number) => (span > 0 ? Math.round(((value - low) / span) * width) : 0);
  return (mean: number, look: number) => {
    if (!Number.isFinite(mean)) return ' '.repeat(width);
    const [from, to] = [column(Math.min(0, mean)), column(Math.max(0, mean))];
    const bar = penOf(look, ink).paint(ink.bar.repeat(to - from));
    return ' '.repeat(from) + bar + ' '.repeat(width - to);
  };
}
