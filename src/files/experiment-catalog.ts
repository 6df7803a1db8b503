import { InputError } from '../base/input-error.js';
import { unknownName } from '../base/nearest.js';
import type { Definition } from '../definition/definition.js';
import { DefinitionFiles } from './definition-files.js';
import { loadDefinition } from './load-definition.js';
import { resolvedExperiment } from './resolved-experiments.js';
import { experimentFile, experimentNames, sweepNames } from './shipped.js';
import { isFileArgument } from './text-file.js';

const loaded = new Map<string, Definition>();
/** They have their machines in common. */
const files = new DefinitionFiles();

/** A shipped experiment by its id. It is read once. */
export function shippedExperiment(id: string): Definition {
  const definition =
    loaded.get(id) ?? resolvedExperiment(id) ?? loadDefinition(experimentFile(id), files);
  loaded.set(id, definition);
  return definition;
}

/** All shipped experiments in the paper's order: by their first figure, others last and by id. */
export function loadCatalog(): Definition[] {
  return experimentNames()
    .map(shippedExperiment)
    .sort((a, b) => firstFigure(a) - firstFigure(b));
}

/** Those that reproduce a part of the paper; the others change what it had. */
export function paperExperiments(): Definition[] {
  return loadCatalog().filter(({ paper }) => paper !== '');
}

function firstFigure({ figures }: Definition): number {
  const numbers = figures.map(({ number }) => number).filter((one) => typeof one === 'number');
  return Math.min(...numbers, Number.MAX_SAFE_INTEGER);
}

/**
 * The shipped experiment with this id, or the one that has a figure with this id; then with that
 * figure and the variants that it shows only.
 * @param others names that the caller takes besides, for the message
 * @throws InputError with the nearest name if there is neither
 */
export function findExperiment(name: string, others: readonly string[] = []): Definition {
  if (experimentNames().includes(name)) return shippedExperiment(name);
  const catalog = loadCatalog();
  const owner = catalog.find(({ figures }) => figures.some(({ id }) => id === name));
  if (owner !== undefined) return partOf(owner, name);
  const names = catalog.flatMap((one) => [one.id, ...one.figures.map((figure) => figure.id)]);
  const besides = others.filter((other) => !sweepNames().includes(other));
  const allowed = ['what `offloadcage list` shows', ...besides].join(', or ');
  throw new InputError(unknownName('experiment', name, [...names, ...others], allowed));
}

/** What a name means of an experiment: a figure with the variants that it shows, or all of it. */
export function partOf(definition: Definition, name: string): Definition {
  const figure = definition.figures.find((one) => one.id === name);
  if (figure === undefined || name === definition.id) return definition;
  const shown = new Set(figure.lines.map((line) => line.variant));
  const variants = definition.variants.filter((variant) => shown.has(variant.id));
  return { ...definition, variants, figures: [figure] };
}

/**
 * The experiment of a YAML file if `name` looks like a file's, otherwise a shipped one.
 * @param others names that the caller takes besides, for the message
 */
export function findDefinition(name: string, others: readonly string[] = []): Definition {
  return isFileArgument(name) ? loadDefinition(name) : findExperiment(name, others);
}

/**
 * What `findExperiment` finds for each name, each experiment once: as a whole if it is meant more
 * than once, say by two of its figures.
 */
export function findExperiments(
  names: readonly string[],
  others: readonly string[] = [],
): Definition[] {
  const found = [...new Set(names)].map((name) => findExperiment(name, others));
  const ids = found.map(({ id }) => id);
  return found
    .filter(({ id }, i) => ids.indexOf(id) === i)
    .map((one) => (ids.indexOf(one.id) === ids.lastIndexOf(one.id) ? one : findExperiment(one.id)));
}
