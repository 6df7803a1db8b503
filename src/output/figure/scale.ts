import { scaleLinear } from 'd3-scale';

/** An axis from its first to its last tick. */
export interface AxisRange {
  readonly ticks: readonly number[];
  readonly low: number;
  readonly high: number;
}

/** Where an axis starts: bars stand for their length and need the zero, lines do not. */
export type AxisStart = 'zero' | 'data';

/** Numbers of ticks to ask for, the best first; more than these at the end crowd the axis. */
const TICK_COUNTS = [5, 4, 6, 3, 7];
const MAX_TICKS = 8;
/** From the data starts an axis of which more than this part would be empty below them... */
const EMPTY_PART = 0.45;
/** ... unless they differ by less than this part: noise shall not look like a cliff. */
const SPREAD_PART = 0.1;

/**
 * The y axis for these values: from 0 to a round number just above the largest, percentages to 100
 * at most as long as they stay below. An axis from the data starts above 0 if half the picture
 * would be empty, but not for percentages, which are parts of a whole. NaN does not count.
 */
export function valueAxis(
  values: Iterable<number>,
  unit: string,
  from: AxisStart = 'data',
): AxisRange {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const isHigh = least > EMPTY_PART * most && most - least >= SPREAD_PART * most;
  const startsHigh = from === 'data' && unit !== '%' && isHigh;
  const low = startsHigh ? least : Math.min(0, least);
  const high = Math.max(0, most);
  return roundAxis(high > low ? [low, high] : [0, unit === '%' ? 100 : 1]);
}

/** The round axis around a range that leaves least of it empty. */
function roundAxis(range: readonly [number, number]): AxisRange {
  let best: AxisRange | null = null;
  for (const count of TICK_COUNTS) {
    const scale = scaleLinear().domain(range).nice(count);
    const [low = 0, high = 1] = scale.domain();
    const ticks = scale.ticks(count);
    // Numbers at the ends of what a number can be have no round ones between them.
    const axis = { ticks: ticks.length < 2 ? [low, high] : ticks, low, high };
    const isShorter = best === null || high - low < (best.high - best.low) * (1 - 1e-9);
    if (axis.ticks.length <= MAX_TICKS && isShorter) best = axis;
  }
  return best ?? { ticks: [...range], low: range[0], high: range[1] };
}

/** What to say of an axis that does not start at 0; nothing of one that does. */
export function startNote({ low }: AxisRange): string {
  return low > 0 ? `; the axis starts at ${Number(low.toPrecision(12))}` : '';
}

/** The labels of the ticks; those of large numbers are short: 100k. */
export function tickLabels({ ticks, low, high }: AxisRange): string[] {
  const size = Math.max(Math.abs(low), Math.abs(high));
  const label = scaleLinear().domain([low, high]).tickFormat(ticks.length, '~s');
  return ticks.map(size < 100_000 ? (tick) => String(Number(tick.toPrecision(12))) : label);
}

/** The time axis: from 0 to the end of the last sample, with about `count` ticks. */
export function timeAxis(timesS: readonly number[], count: number): AxisRange {
  const high = timesS.at(-1) ?? 1;
  const ticks = scaleLinear().domain([0, high]).ticks(Math.max(1, count));
  return { ticks, low: 0, high };
}
