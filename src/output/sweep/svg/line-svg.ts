import type { TextBlock } from '../../svg/svg-frame.js';
import { linePlotSvg, type PlotPoint } from '../../svg/svg-line-plot.js';
import { textWidth } from '../../svg/svg-parts.js';
import { axisLabel, type NumberTick, numberTicks, positionOf } from '../chart-axis.js';
import type { Estimate, SweepChart } from '../chart-data.js';
import { metricAxis, metricLabel, variantLabel } from '../chart-text.js';
import type { BlockPlace } from './block.js';

/** Pixels between the first and last points and the edges of the plot. */
const PADDING = 12;
const LABEL_GAP = 10;

/** A metric over one numeric parameter: one line per variant, with its 95% interval as a band. */
export function lineBlock(chart: SweepChart, { top, width }: BlockPlace): TextBlock {
  const [axis] = chart.axes;
  if (axis === undefined) return { lines: [], bottom: top };
  const numbers = axis.numbers ?? [];
  const position = positionOf(numbers);
  const xTicks = (pixels: number) => {
    const fits = (ticks: readonly NumberTick[]) => fit(ticks, (value) => position(value) * pixels);
    return numberTicks(axis, fits).map(({ value, text }) => ({ x: position(value), text }));
  };
  const plot = {
    lines: chart.variants.map((variant) => ({
      label: variantLabel(variant),
      look: variant.look,
      points: pointsInOrder(variant.estimates, numbers, position),
    })),
    yAxis: metricAxis(chart, true, 'data'),
    yLabel: metricLabel(chart),
    limit: null,
    xLabel: axisLabel(axis),
    xTicks,
    padding: PADDING,
    hasDots: true,
  };
  return linePlotSvg(plot, top, width);
}

/** By the parameter, whatever the order in the grid. */
function pointsInOrder(
  estimates: readonly Estimate[],
  numbers: readonly number[],
  position: (value: number) => number,
): PlotPoint[] {
  return estimates
    .map(({ mean, low, high }, i) => ({ x: position(numbers[i] ?? 0), value: mean, low, high }))
    .sort((a, b) => a.x - b.x);
}

function fit(ticks: readonly NumberTick[], x: (value: number) => number): boolean {
  return ticks.every(({ value, text }, i) => {
    const next = ticks[i + 1];
    if (next === undefined) return true;
    const needed = (textWidth(text) + textWidth(next.text)) / 2 + LABEL_GAP;
    return x(next.value) - x(value) >= needed;
  });
}
