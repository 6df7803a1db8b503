import { DURATION_FORM, parseDuration } from '../base/duration.js';
import { InputError } from '../base/input-error.js';

/**
 * Nanoseconds of a flag that takes a duration; they may be negative.
 * @throws InputError if it is none
 */
export function durationOf(flag: string, text: string): number {
  const ns = parseDuration(text);
  if (ns === undefined) throw new InputError(`${flag}: got "${text}"; allowed: ${DURATION_FORM}`);
  return ns;
}

/**
 * Nanoseconds of a flag that says how long something takes.
 * @throws InputError if it is no duration, or not more than 0
 */
export function positiveDurationOf(flag: string, text: string): number {
  const ns = durationOf(flag, text);
  if (ns > 0) return ns;
  throw new InputError(`${flag}: got "${text}"; allowed: ${DURATION_FORM}, more than 0`);
}

/**
 * Nanoseconds that `--duration` wants measured; undefined without it.
 * @throws InputError if it is no duration, or not more than 0
 */
export function measuredTime({ duration }: { duration?: string | undefined }): number | undefined {
  return duration === undefined ? undefined : positiveDurationOf('--duration', duration);
}
