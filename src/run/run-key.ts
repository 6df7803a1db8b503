import { canonicalJson } from '../base/canonical-json.js';
import { longHash } from '../base/hash.js';
import type { ModelInput } from '../model/input.js';
import { withoutInstruments } from '../model/instruments.js';
import type { RunTask } from './run-task.js';

/** Inputs are large, and have many seeds. */
const inputHash = remembered((input: ModelInput) => longHash(canonicalJson(input)));
const bareHash = remembered((input: ModelInput) =>
  longHash(canonicalJson(withoutInstruments(input))),
);

/** Identity of a run: the hash of all that it depends on besides the program. */
export const runKey = remembered(({ input, subject, seed, metrics = [] }: Omit<RunTask, 'name'>) =>
  longHash(canonicalJson([inputHash(input), subject, seed, metrics])),
);

/** Identity of a simulation: runs that differ in their instruments only share one. */
export function simulationKey({ input, seed }: Pick<RunTask, 'input' | 'seed'>): string {
  return `${bareHash(input)} ${seed}`;
}

/** A text made of an object, once for each; the object stays as it is. */
function remembered<T extends object>(textOf: (one: T) => string): (one: T) => string {
  const texts = new WeakMap<T, string>();
  return (one) => {
    const text = texts.get(one) ?? textOf(one);
    texts.set(one, text);
    return text;
  };
}
