import { formatNumber } from '../../numbers.js';
import { type SvgPlace, svgDocument, titleLines } from '../../svg-frame.js';
import { fitText } from '../../svg-parts.js';
import { escapeXml } from '../../xml.js';
import type { SweepChart } from '../chart-data.js';
import { chartNote, chartTitle, kindOf, metricLabel } from '../chart-text.js';
import { rangeOf } from '../heat-cells.js';
import { barBlock } from './bar-svg.js';
import { EDGE, MARGIN, SWEEP_STYLE } from './block.js';
import { heatBlock } from './heat-svg.js';
import { lineBlock } from './line-svg.js';

const WIDTH = 760;
const GAP = 24;
const BLOCKS = { heat: heatBlock, bars: barBlock, lines: lineBlock };

/** The charts of a sweep as one SVG document for light and dark pages, one below another. */
export function sweepSvg(
  charts: readonly SweepChart[],
  { width = WIDTH, id = '' }: Pick<SvgPlace, 'width' | 'id'> = {},
): string {
  const body: string[] = [];
  let top = 0;
  charts.forEach((chart, i) => {
    if (i > 0) top += GAP;
    const kind = kindOf(chart);
    const left = kind === 'lines' ? MARGIN.left : EDGE;
    const meaning = escapeXml(fitText(metricLabel(chart), width - EDGE - left));
    body.push(
      ...titleLines(chartTitle(chart), noteOf(chart), left, width - EDGE, top),
      `<text class="note" x="${left}" y="${top + 64}">${meaning}</text>`,
    );
    const { lines, bottom } = BLOCKS[kind](chart, { top, width, id: `${id}${i}` });
    body.push(...lines);
    top = bottom;
  });
  const title = charts.map(chartTitle).join('; ');
  const description = charts.map(describe).join(' ');
  return svgDocument(
    { id, title, description, width, height: Math.ceil(top), style: SWEEP_STYLE },
    body,
  );
}

function noteOf(chart: SweepChart): string {
  const kind = kindOf(chart);
  const interval = kind === 'bars' ? 'whiskers' : 'bands';
  const hasIntervals = kind !== 'heat' && chart.seeds > 1;
  return hasIntervals ? `${chartNote(chart)}; ${interval}: 95% interval of it` : chartNote(chart);
}

/** A chart in words, for those who cannot see it. */
function describe(chart: SweepChart): string {
  const variants = chart.variants.map((variant) => {
    const range = rangeOf({ ...chart, variants: [variant] });
    if (range === null) return `${variant.id}: no values`;
    const [low, high] = [formatNumber(range.low), formatNumber(range.high)];
    return `${variant.id}: ${low} to ${high} ${chart.metric.unit}`;
  });
  return `${metricLabel(chart)}. ${chartNote(chart)}. ${variants.join('; ')}.`;
}
