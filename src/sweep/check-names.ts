import { InputError } from '../base/input-error.js';
import type { Variant } from '../definition/definition.js';

interface NamedPath {
  /** Flag or place, for the message. */
  readonly field: string;
  readonly steps: readonly string[];
}

/**
 * Refuses paths of things that none of the variants has: every value would be the same.
 * @param variants that are swept
 * @throws InputError that names the path and the variants
 */
export function checkNames(paths: readonly NamedPath[], variants: readonly Variant[]): void {
  for (const { field, steps } of paths) {
    const [section = '', name = ''] = steps;
    const isThere = variants.some(({ settings }) => {
      const { domains, processes, clients, cages } = settings;
      const things = new Map<string, object>(
        Object.entries({ domains, processes, clients, cages }),
      ).get(section);
      return things === undefined || Object.hasOwn(things, name);
    });
    if (isThere) continue;
    const ids = variants.map(({ id }) => id).join(', ');
    const allowed = `a variant that has ${section}.${name}, besides ${ids}`;
    throw new InputError(`${field}: got path ${steps.join('.')}; allowed: ${allowed}`);
  }
}
