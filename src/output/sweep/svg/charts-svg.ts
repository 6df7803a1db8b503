import { EDGE, type SvgPlace, svgDocument, textBlock } from '../../svg/svg-frame.js';
import { formatNumber } from '../../words/numbers.js';
import type { SweepChart } from '../chart-data.js';
import { chartNote, chartTitle, kindOf, metricMeaning } from '../chart-text.js';
import { rangeOf } from '../heat-cells.js';
import { barBlock } from './bar-svg.js';
import { SWEEP_STYLE } from './block.js';
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
  let top = 8;
  charts.forEach((chart, i) => {
    if (i > 0) top += GAP;
    const head = textBlock(
      [
        { text: chartTitle(chart), style: 'title' },
        { text: metricMeaning(chart), style: 'note' },
        { text: noteOf(chart), style: 'note' },
      ],
      { left: EDGE, top, width: width - 2 * EDGE },
    );
    const place = { top: head.bottom, width, id: `${id}${i}` };
    const { lines, bottom } = BLOCKS[kindOf(chart)](chart, place);
    body.push(...head.lines, ...lines);
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
    if (range === null) return `${variant.name}: no values`;
    const [low, high] = [formatNumber(range.low), formatNumber(range.high)];
    return `${variant.name}: ${low} to ${high} ${chart.metric.unit}`;
  });
  return `${metricMeaning(chart)} ${chartNote(chart)}. ${variants.join('; ')}.`;
}
