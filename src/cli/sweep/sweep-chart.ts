import { rmSync } from 'node:fs';
import { basename, dirname, join, parse } from 'node:path';
import type { ChartCollector } from '../../output/sweep/chart-data.js';
import { chartResource } from '../../output/sweep/data-package.js';
import { renderSweepCharts } from '../../output/sweep/render-charts.js';
import { sweepSvg } from '../../output/sweep/svg/charts-svg.js';
import type { TableOptions } from '../../output/sweep/table-file.js';
import { terminalOf } from '../../output/terminal/terminal.js';
import type { RecordedSweep } from '../../sweep/part-file.js';
import { writeAnew } from '../output/new-file.js';
import { describe, resourceOf } from './sweep-package.js';

/** Where the charts of a table go: `cap.svg` beside `cap.csv` or `cap.csv.gz`. */
export function chartPath(out: string): string {
  const { dir, name } = parse(out.replace(/\.gz$/i, ''));
  return join(dir, `${name}.svg`);
}

/**
 * Writes the charts beside their table; without any, those of a former table go.
 * @returns the file, if there is one
 */
export async function writeCharts(
  collector: ChartCollector,
  recorded: RecordedSweep,
  out: string,
  table: TableOptions,
): Promise<string[]> {
  const path = chartPath(out);
  const charts = collector.charts();
  if (charts.length === 0) {
    if (resourceOf(path) !== null) rmSync(path, { force: true });
    return [];
  }
  await writeAnew(dirname(path), basename(path), sweepSvg(charts));
  await describe(path, chartResource(recorded, basename(path), table));
  return [path];
}

/** Prints the charts, or for people why there are none. */
export function showCharts(
  command: { log(text: string): void; logToStderr(text: string): void },
  collector: ChartCollector,
): void {
  if (collector.refusal === null) {
    command.log(renderSweepCharts(collector.charts(), terminalOf(process.stdout)));
  } else {
    command.logToStderr(collector.refusal);
  }
}
