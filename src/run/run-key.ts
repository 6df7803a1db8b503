import { canonicalJson } from '../base/canonical-json.js';
import { longHash } from '../base/hash.js';
import type { ModelInput } from '../model/input.js';
import { withoutInstruments } from '../model/instruments.js';
import type { RunTask } from './run-task.js';

/** Identity of a run: the hash of all that it depends on besides the program. */
export type RunKey = (task: Omit<RunTask, 'name'>) => string;

/** What gives runs their keys. */
export function runKeys(): RunKey {
  const hashOf = rememberedHashes((input) => input);
  return ({ input, subject, seed, metrics = [] }) =>
    longHash(canonicalJson([hashOf(input), subject, seed, metrics]));
}

/** What gives simulations their keys: runs that differ in their instruments only share one. */
export function simulationKeys(): (task: Pick<RunTask, 'input' | 'seed'>) => string {
  const hashOf = rememberedHashes(withoutInstruments);
  return ({ input, seed }) => `${hashOf(input)} ${seed}`;
}

/** Hashes of what `view` has of inputs, remembered: these are large, and have many seeds. */
function rememberedHashes(view: (input: ModelInput) => unknown): (input: ModelInput) => string {
  const hashes = new WeakMap<ModelInput, string>();
  return (input) => {
    const known = hashes.get(input) ?? longHash(canonicalJson(view(input)));
    hashes.set(input, known);
    return known;
  };
}
