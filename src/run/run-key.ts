import { canonicalJson } from '../base/canonical-json.js';
import { longHash } from '../base/hash.js';
import type { ModelInput } from '../model/input.js';
import type { RunTask } from './run-task.js';

/** Inputs may be large, and one has a run for each seed. */
const inputHashes = new WeakMap<ModelInput, string>();

/**
 * Identity of a run: the hash of all that it depends on besides the program, whoever asks for it
 * and whatever it is called.
 */
export function runKey({ input, subject, seed, metrics = [] }: Omit<RunTask, 'name'>): string {
  const known = inputHashes.get(input) ?? longHash(canonicalJson(input));
  inputHashes.set(input, known);
  return longHash(canonicalJson([known, subject, seed, metrics]));
}
