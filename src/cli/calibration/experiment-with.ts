import type { Definition } from '../../definition/definition.js';
import { DefinitionFiles } from '../../files/definition-files.js';
import { planSweep } from '../../sweep/plan.js';
import { definitionAt } from '../../sweep/points.js';
import { sweepRequest } from '../../sweep/request.js';
import { findSweep } from '../../sweep/sweep-file.js';

/**
 * A shipped experiment with what `--set PATH=VALUE` says, as `sweep` has it.
 * @throws InputError for a path that the experiment does not know, and a value that it cannot have
 */
export function experimentWith(id: string, set: readonly string[]): Definition {
  const none = { vary: [], zip: [], variants: [], metrics: [], chart: [] };
  const { points } = planSweep(sweepRequest(findSweep(id), { ...none, set, seed: 1 })).work;
  return definitionAt(points, 0, new DefinitionFiles(points.files));
}
