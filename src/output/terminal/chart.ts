import { type FigureData, figureTitle } from '../figure/figure-data.js';
import { resample, resampledBand, samplesPerStep } from '../figure/resample.js';
import { startNote, timeAxis, valueAxis } from '../figure/scale.js';
import { wrap } from '../words/text.js';
import type { ChartLines } from './chart-rows.js';
import type { Ink } from './ink.js';
import { penOf } from './line-plot.js';
import { textPlot } from './text-plot.js';

/**
 * A figure as lines of text, none wider than `width` (at least 40): title, y axis with unit, the
 * first seed's lines, the limit, time axis, legend. asciichart draws the lines, one at a time, so
 * that each has signs of its own; axes, limit, gaps and legend are ours.
 */
export function renderChart(data: FigureData, ink: Ink, width: number): ChartLines {
  const { figure, series, timesS, seeds } = data;
  const firstSeed = series.map(({ runs }) => runs[0] ?? new Float64Array());
  const limits = figure.limit === null ? [] : [figure.limit.value];
  const yAxis = valueAxis([...firstSeed.flatMap((values) => [...values]), ...limits], figure.yUnit);
  const plot = {
    lines: series.map(({ label, look, runs }, i) => {
      const values = firstSeed[i] ?? new Float64Array();
      const { signs, paint } = penOf(look, ink);
      return {
        label: values.some(Number.isFinite) ? label : `${label} (no values)`,
        look,
        mark: paint((signs[4] ?? '').repeat(2)),
        valuesIn: (columns: number) => resample(values, timesS.length, columns),
        bandIn: (columns: number) => resampledBand(runs, timesS.length, columns),
      };
    }),
    yAxis,
    limit:
      figure.limit === null
        ? null
        : {
            value: figure.limit.value,
            text: `${figure.limit.label} (${figure.limit.value} ${figure.yUnit})`,
          },
    xTicks: (columns: number) => timeTicks(timesS, columns),
    xLabel: (columns: number) => timeLabel(data, samplesPerStep(timesS.length, columns)),
  };
  return {
    head: [
      ...wrap(`${figureTitle(figure)} (seed ${seeds[0] ?? '-'})`, width).map(ink.bold),
      ...wrap(`${figure.yLabel} (${figure.yUnit})${startNote(yAxis)}`, width),
    ],
    ...textPlot(plot, ink, width),
  };
}

function timeTicks(timesS: readonly number[], columns: number) {
  const { ticks, high } = timeAxis(timesS, Math.min(10, Math.floor(columns / 8)));
  return ticks.map((tick) => ({
    column: Math.round((tick / high) * columns) - 1,
    text: String(tick),
  }));
}

/** What the time axis is, and what a step of the lines stands for. */
function timeLabel({ sampleS }: FigureData, perStep: number): string {
  const label = 'Time after the warm-up (s)';
  const stepS = Number((perStep * sampleS).toPrecision(6));
  return perStep === 1 ? label : `${label}; a step is the mean of ${perStep} samples (${stepS} s)`;
}
