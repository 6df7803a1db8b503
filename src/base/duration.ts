/** How durations are written, for messages. */
export const DURATION_FORM =
  'a number of seconds, or a number with ns, us, ms, s, min or h (whole ns, at most 2500h)';

const UNIT_NS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  μs: 1e3,
  ms: 1e6,
  s: 1e9,
  min: 60e9,
  h: 3600e9,
};

/** What a duration may be at least; one that says when something happens may be negative. */
export type Least = 'negative' | 'zero' | 'positive';

const SIGN: Readonly<Record<Least, string>> = {
  negative: '[+-]?',
  zero: '\\+?',
  // Some digit before the exponent is not 0.
  positive: '\\+?(?=[\\d.]*[1-9])',
};

/** The form of a duration written as text; the JSON Schema has the same. */
export function durationPattern(least: Least): RegExp {
  const number = '(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?';
  const units = Object.keys(UNIT_NS).join('|');
  return new RegExp(`^\\s*(${SIGN[least]}${number})\\s*(${units})?\\s*$`, 'u');
}

const ANY_DURATION = durationPattern('negative');

/**
 * Nanoseconds of a duration as a user writes it: `10s`, `500ms`, `2min`; a bare number is seconds.
 * The result may be negative: whether that is allowed depends on the field. Undefined if `value`
 * is no duration, no whole number of nanoseconds, or too long to be counted exactly (104 days).
 */
export function parseDuration(value: number | string): number | undefined {
  const match = ANY_DURATION.exec(String(value));
  if (match === null) return undefined;
  const [, number = '', unit = 's'] = match;
  const unitNs = UNIT_NS[unit] ?? Number.NaN;
  // Months and nanoseconds together are more digits than one product keeps.
  const point = /e/i.test(number) ? number.length : number.search(/\.|$/);
  const whole = (Number.parseFloat(number.slice(0, point)) || 0) * unitNs;
  const fraction = Number(`0${number.slice(point)}`) * (number.startsWith('-') ? -unitNs : unitNs);
  const ns = Math.round(whole) + Math.round(fraction);
  // Decimal fractions such as 4.1 us are not exact in binary.
  const tolerance = Math.max(1e-3, Math.abs(ns) * 2 * Number.EPSILON);
  const rest = Math.abs(whole - Math.round(whole)) + Math.abs(fraction - Math.round(fraction));
  return Number.isSafeInteger(ns) && rest < tolerance ? ns : undefined;
}

/** The unit that a duration is written in; a bare number is seconds. */
export function unitOf(written: unknown): string {
  return ANY_DURATION.exec(String(written))?.[2] ?? 's';
}

/** A duration in the unit of another that it is compared with, unless that makes it illegible. */
export function durationIn(unit: string, ns: number): string {
  const value = String(ns / (UNIT_NS[unit] ?? 1));
  return value.length > MOST_DIGITS ? formatDuration(ns) : `${value}${unit}`;
}

const MOST_DIGITS = 12;

/** The shortest way to write a duration exactly: `90s`, `1.5ms`, `20us`. */
export function formatDuration(ns: number): string {
  if (ns === 0) return '0s';
  const size = Math.abs(ns);
  for (const [unit, unitNs] of [
    ['s', 1e9],
    ['ms', 1e6],
    ['us', 1e3],
  ] as const) {
    const text = `${ns / unitNs}${unit}`;
    // Months with nanoseconds are more digits than a fraction keeps.
    if (size >= unitNs && parseDuration(text) === ns) return text;
  }
  return `${ns}ns`;
}
