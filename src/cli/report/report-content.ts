import { claimsOfAny } from '../../claims/catalog.js';
import { judge } from '../../claims/judge.js';
import type { Matrix } from '../../claims/readings/matrix.js';
import type { Definition } from '../../definition/definition.js';
import { VERSION } from '../../files/version.js';
import type { CostRow, ReportContent } from '../../output/html/html-report.js';
import type { MeasuredExperiment } from '../../run/runner.js';
import { explain } from '../show/explanation.js';
import type { ReportSources } from './report-sources.js';

/** Results of what a report is about, in the same order. */
export interface ReportResults {
  readonly shipped: readonly MeasuredExperiment[];
  readonly own: readonly MeasuredExperiment[];
  /** Of runs for claims alone. */
  readonly besides: readonly MeasuredExperiment[];
  /** What the claims come to under several readings, if they were asked. */
  readonly readings: Matrix | null;
}

/** What a report says; `command` is how to write it again. */
export function reportOf(
  sources: ReportSources,
  { shipped, own, besides, readings }: ReportResults,
  command: string,
): ReportContent {
  const run = [...shipped, ...own];
  return {
    version: VERSION,
    command,
    chapters: [...run.map((result) => ({ result })), ...sources.stored],
    // Of two with the same id the first counts, and a file may have changed what it copied.
    judged: judge(claimsOfAny([...sources.shipped, ...sources.own]), [
      ...shipped,
      ...besides,
      ...own,
    ]),
    readings,
    machines: machinesOf([...sources.shipped, ...sources.own]),
  };
}

/** Each machine once, as it is in the first variant that has it. */
function machinesOf(definitions: readonly Definition[]): ReportContent['machines'] {
  const machines = new Map<string, { title: string; costs: CostRow[] }>();
  for (const definition of definitions) {
    const [variant] = explain(definition).variants;
    if (variant === undefined || machines.has(variant.machine.name)) continue;
    const { name, title, costs, network, disk } = variant.machine;
    machines.set(name, { title, costs: [...costs, ...network, ...disk] });
  }
  return [...machines.values()];
}
