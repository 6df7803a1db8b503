import type { Definition } from '../definition/definition.js';
import { DefinitionFiles } from '../files/definition-files.js';
import type { RunTask } from '../run/run-task.js';
import { definitionAt, type PointSource } from './points.js';
import { placeOf, type Sweep } from './sweep.js';

/** What it takes to do the runs of a sweep, as plain data. */
export interface SweepWork {
  readonly sweep: Sweep;
  readonly points: PointSource;
}

/**
 * The task of each run, by its number in grid order. Neighbours in the grid share their point,
 * which is resolved once.
 */
export function taskMaker({ sweep, points }: SweepWork): (run: number) => RunTask {
  const files = new DefinitionFiles(points.files);
  let at = -1;
  let definition: Definition | undefined;
  return (run) => {
    const { point, variant, seed } = placeOf(sweep, run);
    if (definition === undefined || at !== point) {
      definition = definitionAt(points, point, files);
    }
    at = point;
    const id = sweep.variants[variant] ?? '';
    const found = definition.variants.find((one) => one.id === id);
    if (found === undefined) throw new Error(`no variant ${id} at point ${point}`);
    const name = `${sweep.experiment}, point ${point + 1}, variant ${id}`;
    return { name, input: found.input, subject: found.subject, seed };
  };
}
