import { canonicalJson } from '../base/canonical-json.js';
import { longHash } from '../base/hash.js';
import type { ModelInput } from '../model/input.js';
import { withoutInstruments } from '../model/instruments.js';
import type { RunTask } from './run-task.js';

/** Identity of a run: the hash of all that it depends on besides the program. */
export type RunKey = (task: Omit<RunTask, 'name'>) => string;

/** What gives runs their keys. It remembers inputs: they may be large, and have many seeds. */
export function runKeys(): RunKey {
  const hashes = new WeakMap<ModelInput, string>();
  return ({ input, subject, seed, metrics = [] }) => {
    const known = hashes.get(input) ?? longHash(canonicalJson(input));
    hashes.set(input, known);
    return longHash(canonicalJson([known, subject, seed, metrics]));
  };
}

/** What gives simulations their keys: runs that differ in their instruments only share one. */
export function simulationKeys(): (task: Pick<RunTask, 'input' | 'seed'>) => string {
  const hashes = new WeakMap<ModelInput, string>();
  return ({ input, seed }) => {
    const known = hashes.get(input) ?? longHash(canonicalJson(withoutInstruments(input)));
    hashes.set(input, known);
    return `${known} ${seed}`;
  };
}
