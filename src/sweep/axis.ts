import { formatDuration, parseDuration } from '../base/duration.js';
import { InputError } from '../base/input-error.js';
import { SWEPT_VALUES, SWEPT_VALUES_FORM } from '../definition/swept-values.js';

export type AxisValue = number | string | boolean;

/** A parameter and the values that it takes. */
export interface Axis {
  readonly path: string;
  readonly values: readonly AxisValue[];
}

const MAX_VALUES = 10_000;
/** Of the numbers between the ends of `log:`. */
const LOG_DIGITS = 6;

/**
 * Splits `path=value`.
 * @param flag what the user wrote it after, for the message
 */
export function splitAssignment(flag: string, text: string): [path: string, value: string] {
  const at = text.indexOf('=');
  if (at < 1 || at === text.length - 1) {
    throw new InputError(`${flag}: got ${JSON.stringify(text)}; allowed: path=value`);
  }
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

/** The values of `1,2,4`, `30:80:10`, `10ms:50ms:10ms` or `log:10ms:1s:7`. */
export function parseValues(field: string, text: string): AxisValue[] {
  const refuse = (allowed: string): never => {
    throw new InputError(`${field}: got ${JSON.stringify(text)}; allowed: ${allowed}`);
  };
  if (!SWEPT_VALUES.test(text)) refuse(SWEPT_VALUES_FORM);
  const parts = text.split(':');
  return parts.length === 1
    ? text.split(',').map((part) => scalar(part.trim()))
    : range(parts, refuse);
}

/** A number or truth value as such, anything else as text. */
export function scalar(text: string): AxisValue {
  if (text === 'true' || text === 'false') return text === 'true';
  // There is one zero.
  return isNumber(text) ? Number(text) + 0 : text;
}

/** Seconds of a duration such as `10ms` or 2; NaN of what is none. */
export function secondsOf(value: AxisValue): number {
  const said = typeof value === 'boolean' ? undefined : parseDuration(value);
  return (said ?? Number.NaN) / 1e9;
}

function isNumber(text: string): boolean {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) && Number.isFinite(Number(text));
}

function range(parts: readonly string[], refuse: (allowed: string) => never): AxisValue[] {
  const isLog = parts[0] === 'log';
  const [from = '', to = '', third = ''] = isLog ? parts.slice(1) : parts;
  const bounds = isLog ? [from, to] : [from, to, third];
  const plain = bounds.every(isNumber);
  const parsed = bounds.map((text) => (plain ? Number(text) : parseDuration(text)));
  const [low = Number.NaN, high = Number.NaN, step = Number.NaN] = parsed;
  if (parsed.includes(undefined)) return refuse(`${SWEPT_VALUES_FORM}, of numbers or of durations`);
  if (isLog) {
    const count = isNumber(third) ? Number(third) : Number.NaN;
    if (!(low > 0 && high > low)) return refuse('log: bounds above 0, the second greater');
    if (!Number.isInteger(count) || count < 2 || count > MAX_VALUES) {
      return refuse(`log: a count of 2 to ${MAX_VALUES}`);
    }
    const between = (i: number) => low * (high / low) ** (i / (count - 1));
    const inner = Array.from({ length: count - 2 }, (_, i) => between(i + 1));
    if (!plain) return [low, ...inner, high].map((value) => formatDuration(Math.round(value)));
    return [low, ...inner.map((value) => Number(value.toPrecision(LOG_DIGITS))), high];
  }
  // A last value that rounding puts a hair beyond the end belongs to the range.
  const steps = Math.floor((high - low) / step + 1e-9);
  if (!(steps >= 0 && steps < MAX_VALUES)) {
    return refuse(`a step that leads from the first to the second in at most ${MAX_VALUES} steps`);
  }
  // A sum has no more decimals than what is added up; the rest is the error of binary fractions.
  const decimals = plain ? Math.min(MOST_DECIMALS, Math.max(...[from, third].map(decimalsOf))) : 0;
  return Array.from({ length: steps + 1 }, (_, i) => {
    const value = Number((low + i * step).toFixed(decimals)) + 0;
    return plain ? value : formatDuration(value);
  });
}

/** Of `toFixed`. */
const MOST_DECIMALS = 100;

/** Decimals of a number as it is written: 2 of `0.25`, 7 of `1e-7`. */
function decimalsOf(number: string): number {
  const [, fraction = '', exponent = '0'] = /^[^.e]*\.?(\d*)(?:e(.*))?$/i.exec(number) ?? [];
  return Math.max(0, fraction.length - Number(exponent));
}
