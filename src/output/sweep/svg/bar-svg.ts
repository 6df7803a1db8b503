import { tickLabels } from '../../figure/scale.js';
import { EDGE, fixed, linearScale, pathLines, type TextBlock } from '../../svg/svg-frame.js';
import { styleClass, textWidth, wrapText } from '../../svg/svg-parts.js';
import { escapeXml } from '../../svg/xml.js';
import { formatNumber } from '../../words/numbers.js';
import type { Estimate, SweepChart } from '../chart-data.js';
import { metricAxis, metricLabel } from '../chart-text.js';
import type { BlockPlace } from './block.js';

const ROW = 22;
const TEXT_ROW = 16;
const GROUP_GAP = 10;
const NUMBER_WIDTH = 64;
const LABEL_SHARE = 0.35;

/** A metric over a parameter that is no number: a bar a value and variant, with its interval. */
export function barBlock(chart: SweepChart, { top, width }: BlockPlace): TextBlock {
  const [axis] = chart.axes;
  const labels = axis?.labels ?? [];
  const isSingle = chart.variants.length === 1;
  const names = isSingle ? labels : chart.variants.map(({ name }) => name);
  const labelWidth = Math.min(width * LABEL_SHARE, Math.max(...names.map(textWidth)) + 8);
  const left = EDGE + labelWidth;
  const range = metricAxis(chart, true, 'zero');
  const x = linearScale(range, left, width - NUMBER_WIDTH - 8);
  const lines: string[] = [];
  let at = top + ROW;
  const begin = at - ROW / 2;
  const bar = (name: string, estimate: Estimate | undefined, look: number) => {
    if (estimate === undefined) return;
    lines.push(
      ...barLines(estimate, look, at, x, range.low, range.high),
      `<text class="tick" x="${width - 8}" y="${at}" dy=".32em" text-anchor="end">` +
        `${formatNumber(estimate.mean)}</text>`,
    );
    const [first = '', ...more] = wrapText(name, labelWidth - 8);
    lines.push(...rowText(first, at));
    for (const text of more) {
      at += TEXT_ROW;
      lines.push(...rowText(text, at));
    }
    at += ROW;
  };
  const rowText = (text: string, y: number) => [
    `<text x="${fixed(left - 8)}" y="${y}" dy=".32em" text-anchor="end">${escapeXml(text)}</text>`,
  ];
  labels.forEach((label, i) => {
    if (!isSingle) {
      for (const text of wrapText(label, width - 2 * EDGE)) {
        lines.push(`<text class="sub" x="${EDGE}" y="${at}" dy=".32em">${escapeXml(text)}</text>`);
        at += ROW;
      }
    }
    chart.variants.forEach(({ look, estimates }, v) => {
      bar(isSingle ? label : (names[v] ?? ''), estimates[i], look);
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
  const caption = wrapText(metricLabel(chart), width - 2 * EDGE).map(
    (text, i) =>
      `<text class="axis" x="${EDGE}" y="${end + 40 + i * TEXT_ROW}">${escapeXml(text)}</text>`,
  );
  return {
    lines: [...grid, ...lines, ...caption],
    bottom: end + 40 + caption.length * TEXT_ROW,
  };
}

function barLines(
  { mean, low, high }: Estimate,
  look: number,
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
      `class="line ${styleClass(look)} bars"`,
      `M${fixed(x(0))},${at}H${fixed(x(mean))}`,
    ),
    ...pathLines('class="base whisker"', whisker),
  ];
}
