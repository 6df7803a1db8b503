import { existsSync, rmSync } from 'node:fs';
import { basename, dirname, join, parse } from 'node:path';
import { InputError } from '../experiments/input-error.js';
import type { ChartCollector } from '../output/sweep/chart-data.js';
import { chartResource } from '../output/sweep/data-package.js';
import { renderSweepCharts } from '../output/sweep/render-charts.js';
import { sweepSvg } from '../output/sweep/svg/charts-svg.js';
import type { TableOptions } from '../output/sweep/table-file.js';
import { terminalOf } from '../output/terminal.js';
import type { Sweep } from '../sweep/sweep.js';
import { writeAnew } from './new-file.js';
import { describe, resourceOf } from './sweep-package.js';

/** Where the charts of a table go: `cap.svg` beside `cap.csv` or `cap.csv.gz`. */
function chartPath(out: string): string {
  const { dir, name } = parse(out.replace(/\.gz$/i, ''));
  return join(dir, `${name}.svg`);
}

/**
 * Refuses to replace a drawing that is not of this sweep.
 * @throws InputError
 */
export function checkChart(out: string, { hash }: Sweep, force: boolean): void {
  const path = chartPath(out);
  if (force || !existsSync(path)) return;
  const was = resourceOf(path)?.offloadcage.sweep_hash;
  if (was === hash) return;
  const got = was === undefined ? 'a file that is no chart of a sweep' : `charts of sweep ${was}`;
  throw new InputError(`${path}: got ${got}; allowed: another --out, or --force to replace it`);
}

/**
 * Writes the charts beside their table; without any, those of a former table go.
 * @returns the file, if there is one
 */
export async function writeCharts(
  collector: ChartCollector,
  sweep: Sweep,
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
  await describe(path, chartResource(sweep, basename(path), table));
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
