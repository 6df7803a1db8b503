import { parseDuration } from '../experiments/duration.js';
import { InputError } from '../experiments/input-error.js';

/**
 * Nanoseconds of a flag that takes a duration.
 * @throws InputError if it is none
 */
export function durationOf(flag: string, text: string): number {
  const ns = parseDuration(text);
  if (ns === undefined) {
    throw new InputError(`${flag}: got "${text}"; allowed: 10s, 500ms, or a number of seconds`);
  }
  return ns;
}
