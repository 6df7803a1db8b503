import { startNote } from '../figure/scale.js';
import { type ChartLines, chartRows, stacked } from '../terminal/chart-rows.js';
import { createInk, type Ink } from '../terminal/ink.js';
import { MIN_COLUMNS, type Terminal } from '../terminal/terminal.js';
import { withCleanText, wrap } from '../words/text.js';
import { barChart } from './bar-chart.js';
import type { SweepChart } from './chart-data.js';
import { chartNote, chartTitle, kindOf, metricLabel, metricMeaning } from './chart-text.js';
import { heatMap } from './heat-map.js';
import { lineChart } from './line-chart.js';

/** What `sweep` prints: metrics over one parameter as lines or bars, over two as heat maps. */
export function renderSweepCharts(charts: readonly SweepChart[], style: Terminal): string {
  const ink = createInk(style);
  const columns = Math.max(MIN_COLUMNS, style.columns);
  const clean = withCleanText(charts, style.unicode);
  const blocks = clean.every(({ axes }) => axes.length === 1)
    ? chartRows(clean, columns, (chart, width) => renderOne(chart, ink, width))
    : clean.map((chart) => stacked(renderOne(chart, ink, columns)));
  return blocks.map((lines) => lines.map((line) => line.trimEnd()).join('\n')).join('\n\n');
}

function renderOne(chart: SweepChart, ink: Ink, width: number): ChartLines {
  const title = wrap(chartTitle(chart), width).map(ink.bold);
  const notes = [
    ...wrap(metricMeaning(chart), width).map(ink.dim),
    ...wrap(chartNote(chart), width).map(ink.dim),
  ];
  const head = (label: string) => [...title, ...notes, ...wrap(label, width)];
  const label = metricLabel(chart);
  switch (kindOf(chart)) {
    case 'lines': {
      const { yAxis, ...lines } = lineChart(chart, ink, width);
      return { head: head(`${label}${startNote(yAxis)}`), ...lines };
    }
    case 'bars':
      return { head: head(label), plot: [], foot: barChart(chart, ink, width) };
    case 'heat':
      return { head: head(label), plot: [], foot: heatMap(chart, ink, width) };
  }
}
