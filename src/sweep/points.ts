import { InputError } from '../base/input-error.js';
import { onOneLine } from '../base/one-line.js';
import { type FileName, placeless } from '../base/source.js';
import type { Definition } from '../definition/definition.js';
import { resolveDefinition } from '../definition/resolve-definition.js';
import type { DefinitionFiles, ReadFiles } from '../files/definition-files.js';
import type { Axis } from './axis.js';
import { type KnownPath, withValue } from './parameter-paths.js';
import { valuesAt } from './sweep.js';

/** An axis and the place in the definition that it sets. */
export type PlacedAxis = Axis & Pick<KnownPath, 'steps' | 'strange'>;

/** All that it takes to resolve any point of a grid. Plain data: it goes to the workers. */
export interface PointSource {
  /** Name and folder of the definition's file. */
  readonly file: FileName;
  /** What the file says, with what is the same at every point. */
  readonly base: unknown;
  /** What is the same at every point as the user said it: `path=value`. */
  readonly sets: readonly string[];
  readonly axes: readonly (readonly PlacedAxis[])[];
  /** What was read for the definition already. */
  readonly files: ReadFiles;
}

/**
 * The definition at a point of the grid.
 * @throws InputError that names the point
 */
export function definitionAt(
  source: PointSource,
  point: number,
  files: DefinitionFiles,
): Definition {
  const { file, base, sets, axes } = source;
  const changes = axes.flat();
  const values = valuesAt(source, point);
  const value = changes.reduce((at, axis, i) => withValue(at, axis, values[i]), base);
  try {
    return resolveDefinition(placeless(file, value), files);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const said = [...sets, pointName(source, point)].filter(Boolean).join(', ');
    throw new InputError(error.messages.map((line) => `point ${said}: ${line}`));
  }
}

/** What tells a point from the others: `path=value, path=value`. */
export function pointName(source: Pick<PointSource, 'axes'>, point: number): string {
  const values = valuesAt(source, point);
  return source.axes
    .flat()
    .map(({ path }, i) => onOneLine(`${path}=${values[i]}`))
    .join(', ');
}
