import { CLAIMS } from '../claims/catalog.js';
import { experimentsOf } from '../claims/claim.js';
import { judge } from '../claims/judge.js';
import type { Definition } from '../experiments/definition.js';
import type { MeasuredExperiment } from '../experiments/runner.js';
import { VERSION } from '../experiments/version.js';
import type { CostRow, ReportContent } from '../output/html/report.js';
import { explain } from './show/explanation.js';

/**
 * What a report says of experiments that were run; `command` is how to write it again.
 * @param measured their results in the same order, then those of runs for claims alone
 */
export function reportOf(
  definitions: readonly Definition[],
  measured: readonly MeasuredExperiment[],
  command: string,
): ReportContent {
  const results = measured.slice(0, definitions.length);
  const ids = results.map(({ id }) => id);
  const claims = CLAIMS.filter((claim) => experimentsOf(claim).some((id) => ids.includes(id)));
  return {
    version: VERSION,
    command,
    chapters: results.map((result, i) => {
      const { description = '', paper = '', variants = [] } = definitions[i] ?? {};
      return { result, description, paper, variants };
    }),
    judged: judge(claims, measured),
    machines: machinesOf(definitions),
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
