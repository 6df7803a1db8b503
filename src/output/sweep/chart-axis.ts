import { scaleLinear, scaleLog } from 'd3-scale';
import { formatDuration } from '../../base/duration.js';
import { secondsOf } from '../../sweep/axis.js';
import { withinText } from '../../sweep/parameter-words.js';
import type { SweptParameter } from '../../sweep/sweep.js';

/** An axis of a sweep, as a chart shows it. */
export interface ChartAxis {
  /** "Request rate of httperf". */
  readonly title: string;
  readonly unit: string;
  /** Of each value, in the order of the grid. */
  readonly labels: readonly string[];
  /** Durations in seconds; null if not all values are numbers, or not each is there once. */
  readonly numbers: readonly number[] | null;
  readonly isDuration: boolean;
}

/** A tick at a number of the axis. */
export interface NumberTick {
  readonly value: number;
  readonly text: string;
}

const LABEL_DIGITS = 6;
/** Of durations, which have a unit besides. */
const DURATION_DIGITS = 4;
/** So many tell any two numbers apart. */
const MOST_DIGITS = 17;

/**
 * The axis of parameters that advance together: over the numbers of the first, each once. Else
 * every combination is a value, and its label says all of it.
 */
export function chartAxis(parameters: readonly SweptParameter[]): ChartAxis {
  const [first, ...others] = parameters;
  if (first === undefined) throw new Error('an axis without a parameter');
  const { isDuration, values, words } = first;
  const numbers = values.map((value) => (isDuration ? secondsOf(value) : value));
  const isNumeric =
    numbers.every((value): value is number => Number.isFinite(value)) &&
    new Set(numbers).size === numbers.length;
  // A line may break between parameters, not within.
  const partLabels = parameters.map(valueLabels);
  const combined = (_: unknown, i: number) =>
    parameters
      .map((one, p) => `${p === 0 ? '' : `${one.words.short} `}${partLabels[p]?.[i]}`)
      .map((text) => text.replaceAll(' ', '\u00a0'))
      .join(', ');
  const also = others.map(({ words: { title } }) => withinText(title)).join(' and ');
  return {
    title: also === '' ? words.title : `${words.title} with ${also}`,
    unit: isNumeric || others.length === 0 ? words.unit : '',
    labels: isNumeric ? (partLabels[0] ?? []) : values.map(combined),
    numbers: isNumeric ? numbers : null,
    isDuration,
  };
}

function valueLabels({ values, isDuration }: SweptParameter): string[] {
  const numbers = values.map((value) => (isDuration ? secondsOf(value) : value));
  const areNumbers = numbers.every((value): value is number => Number.isFinite(value));
  return areNumbers ? numberLabels(numbers, isDuration) : values.map(String);
}

/** Labels of that many digits, or of as many more as tell different numbers apart. */
function numberLabels(
  numbers: readonly number[],
  isDuration: boolean,
  digits = isDuration ? DURATION_DIGITS : LABEL_DIGITS,
): string[] {
  const labels = numbers.map((value) => numberLabel(value, isDuration, digits));
  const areTold = new Set(labels).size === new Set(numbers).size;
  return areTold || digits >= MOST_DIGITS ? labels : numberLabels(numbers, isDuration, digits + 1);
}

/** A number as a label; seconds with the unit that suits them. */
function numberLabel(value: number, isDuration: boolean, digits: number): string {
  if (!isDuration) return String(Number(value.toPrecision(digits)));
  const text = formatDuration(Math.round(value * 1e9));
  return text.replace(/^-?[\d.]+/, (number) => String(Number(Number(number).toPrecision(digits))));
}

/** What an axis is, with its unit; durations have it in each label. */
export function axisName({ title, unit }: ChartAxis): string {
  return unit === '' ? title : `${title} (${unit})`;
}

/** The same for an axis along which distances count. */
export function axisLabel(axis: ChartAxis): string {
  return isLogSpaced(axis.numbers ?? []) ? `${axisName(axis)}, logarithmic` : axisName(axis);
}

/**
 * Whether the ratios from value to value are equal, or far more alike than the differences: the
 * largest over the smallest is at most half as much.
 */
export function isLogSpaced(numbers: readonly number[]): boolean {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  if (sorted.length < 3 || !((sorted[0] ?? 0) > 0)) return false;
  const unevenness = (values: readonly number[]) => {
    const steps = values.slice(1).map((value, i) => value - (values[i] ?? 0));
    return Math.max(...steps) / Math.min(...steps);
  };
  const [ofRatios, ofDifferences] = [unevenness(sorted.map(Math.log)), unevenness(sorted)];
  const isEqual = ofRatios < 1.01 && ofRatios < ofDifferences;
  return isEqual || 2 * ofRatios <= ofDifferences;
}

/** From the numbers of an axis to parts of its length, 0 to 1; a single one is in the middle. */
export function positionOf(numbers: readonly number[]): (value: number) => number {
  const low = Math.min(...numbers);
  const high = Math.max(...numbers);
  if (!(high > low)) return () => 0.5;
  const scale = isLogSpaced(numbers) ? scaleLog() : scaleLinear();
  const position = scale.domain([low, high]).range([0, 1]);
  return (value) => position(value);
}

/**
 * The ticks of a numeric axis: at all of its values if their labels fit, else at round numbers.
 * @param fits whether these ticks have room beside one another
 */
export function numberTicks(
  { numbers, labels, isDuration }: ChartAxis,
  fits: (ticks: readonly NumberTick[]) => boolean,
): NumberTick[] {
  const known = numbers ?? [];
  const own = known
    .map((value, i) => ({ value, text: labels[i] ?? '' }))
    .sort((a, b) => a.value - b.value);
  if (fits(own)) return own;
  const ends = [Math.min(...known), Math.max(...known)];
  const scale = isLogSpaced(known) ? scaleLog() : scaleLinear();
  for (let count = 12; count >= 2; count--) {
    const values = scale.domain(ends).ticks(count);
    const texts = numberLabels(values, isDuration);
    const ticks = values.map((value, i) => ({ value, text: texts[i] ?? '' }));
    if (fits(ticks)) return ticks;
  }
  return own.filter((_, i) => i === 0 || i === own.length - 1);
}
