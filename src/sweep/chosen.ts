import { InputError } from '../base/input-error.js';
import { allowedNames } from '../base/nearest.js';

/** What a chart of all metrics is of, the first that there is. */
const TELLING = ['throughput_rps', 'total_cpu_pct'];

/**
 * The wanted names, each once; all if none is wanted.
 * @throws InputError that names the flag and the nearest known name
 */
export function chosen(
  flag: string,
  wanted: readonly string[],
  known: readonly string[],
): string[] {
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new InputError(`${flag}: got "${unknown}"; allowed: ${allowedNames(unknown, known)}`);
  }
  return wanted.length === 0 ? [...known] : [...new Set(wanted)];
}

/**
 * The metric to chart if nobody says which.
 * @param known metrics of the sweep
 * @param areChosen whether somebody chose those: then the first is the one that matters
 */
export function telling(known: readonly string[], areChosen: boolean): string {
  const found = areChosen ? undefined : TELLING.find((name) => known.includes(name));
  return found ?? known[0] ?? '';
}
