import { scaleLinear } from 'd3-scale';

/** An axis from its first to its last tick. */
export interface AxisRange {
  readonly ticks: readonly number[];
  readonly low: number;
  readonly high: number;
}

const PERCENT_TICKS = [0, 25, 50, 75, 100];

/**
 * The y axis for these values: 0 to 100 for percentages, as long as they stay in it, else from 0 to
 * a round number above the largest. Values that are no number do not count.
 */
export function valueAxis(values: Iterable<number>, unit: string): AxisRange {
  let low = 0;
  let high = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (unit === '%' && low === 0 && high <= 100) return { ticks: PERCENT_TICKS, low: 0, high: 100 };
  const span = high > low ? [low, high] : [0, 1];
  const scale = scaleLinear().domain(span).nice(4);
  const [from = 0, to = 1] = scale.domain();
  const ticks = scale.ticks(4);
  // Numbers at the ends of what a number can be have no round ones between them.
  return { ticks: ticks.length < 2 ? [from, to] : ticks, low: from, high: to };
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
