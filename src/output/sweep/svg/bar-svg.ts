import { formatNumber } from '../../numbers.js';
import { tickLabels } from '../../scale.js';
import { fixed, linearScale, pathLines } from '../../svg-frame.js';
import { fitText, styleClass, textWidth } from '../../svg-parts.js';
import { escapeXml } from '../../xml.js';
import type { Estimate, SweepChart } from '../chart-data.js';
import { metricAxis } from '../chart-text.js';
import { type BlockPlace, EDGE, MARGIN, type SvgBlock } from './block.js';

const ROW = 22;
const GROUP_GAP = 10;
const NUMBER_WIDTH = 64;
const LABEL_SHARE = 0.35;

/** A metric over a parameter that is no number: a bar a value and variant, with its interval. */
export function barBlock(chart: SweepChart, { top, width }: BlockPlace): SvgBlock {
  const [axis] = chart.axes;
  const labels = axis?.labels ?? [];
  const isSingle = chart.variants.length === 1;
  const names = isSingle ? labels : chart.variants.map(({ id }) => id);
  const labelWidth = Math.min(width * LABEL_SHARE, Math.max(...names.map(textWidth)) + 8);
  const left = EDGE + labelWidth;
  const range = metricAxis(chart, true);
  const x = linearScale(range, left, width - NUMBER_WIDTH - 8);
  const lines: string[] = [];
  let at = top + MARGIN.top + 6;
  const bar = (name: string, estimate: Estimate | undefined, v: number) => {
    if (estimate === undefined) return;
    lines.push(
      `<text x="${fixed(left - 8)}" y="${at}" dy=".32em" text-anchor="end">` +
        `${escapeXml(fitText(name, labelWidth))}</text>`,
      ...barLines(estimate, v, at, x, range.low, range.high),
      `<text class="tick" x="${width - 8}" y="${at}" dy=".32em" text-anchor="end">` +
        `${formatNumber(estimate.mean)}</text>`,
    );
    at += ROW;
  };
  const begin = at - ROW / 2;
  labels.forEach((label, i) => {
    if (!isSingle) {
      lines.push(
        `<text class="sub" x="${EDGE}" y="${at}" dy=".32em">` +
          `${escapeXml(fitText(label, width - 2 * EDGE))}</text>`,
      );
      at += ROW;
    }
    chart.variants.forEach(({ id, estimates }, v) => {
      bar(isSingle ? label : id, estimates[i], v);
    });
    if (!isSingle) at += GROUP_GAP;
  });
  const end = at - ROW / 2;
  const tickTexts = tickLabels(range);
  const grid = range.ticks.flatMap((tick, i) => [
    `<path class="grid" d="M${fixed(x(tick))},${begin}V${end}"/>`,
    `<text class="tick" x="${fixed(x(tick))}" y="${end + 16}" text-anchor="middle">` +
      `${tickTexts[i]}</text>`,
  ]);
  const caption = fitText(`${chart.metric.name} (${chart.metric.unit})`, width - 2 * EDGE);
  const words = `<text class="axis" x="${EDGE}" y="${end + 40}">${escapeXml(caption)}</text>`;
  return { lines: [...grid, ...lines, words], bottom: end + 56 };
}

function barLines(
  { mean, low, high }: Estimate,
  variant: number,
  at: number,
  x: (value: number) => number,
  least: number,
  most: number,
): string[] {
  if (!Number.isFinite(mean)) return [];
  const inside = (value: number) => fixed(x(Math.max(least, Math.min(value, most))));
  const whisker = Number.isFinite(high - low) ? `M${inside(low)},${at}H${inside(high)}` : '';
  return [
    ...pathLines(
      `class="line ${styleClass(variant)} bars"`,
      `M${fixed(x(0))},${at}H${fixed(x(mean))}`,
    ),
    ...pathLines('class="base whisker"', whisker),
  ];
}
