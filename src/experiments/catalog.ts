import type { Definition } from './definition.js';
import { InputError } from './input-error.js';
import { loadDefinition } from './loader.js';
import { allowedNames } from './nearest.js';
import { experimentFile, experimentNames } from './shipped.js';

/** All shipped experiments, by id. */
export function loadCatalog(): Definition[] {
  return experimentNames().map((id) => loadDefinition(experimentFile(id)));
}

/**
 * The shipped experiment with this id, or the one that has a figure with this id; then with that
 * figure and the variants that it shows only.
 * @throws InputError with the nearest name if there is neither
 */
export function findExperiment(name: string): Definition {
  if (experimentNames().includes(name)) return loadDefinition(experimentFile(name));
  const catalog = loadCatalog();
  for (const definition of catalog) {
    const figure = definition.figures.find((one) => one.id === name);
    if (figure === undefined) continue;
    const shown = new Set(figure.lines.map((line) => line.variant));
    const variants = definition.variants.filter((variant) => shown.has(variant.id));
    return { ...definition, variants, figures: [figure] };
  }
  const known = catalog.flatMap((one) => [one.id, ...one.figures.map((figure) => figure.id)]);
  throw new InputError(`experiment: got "${name}"; allowed: ${allowedNames(name, known)}`);
}
