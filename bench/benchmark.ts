/** One line of the table that `npm run bench` prints. */
export interface Measurement {
  readonly name: string;
  /** Median over the rounds. */
  readonly value: number;
  readonly unit: string;
  /**
   * How many times as fast as the plain heap of `plain-heap.ts` executes as many events in the same
   * rounds: the figure to compare between machines. Null where that makes no sense.
   */
  readonly relativeSpeed: number | null;
}

/** A file of `bench/` exports one; it takes some seconds at most. */
export type Benchmark = () => readonly Measurement[];

/** Runs both in turn, so that a machine's changing speed hits them alike; medians in seconds. */
export function interleaved(
  rounds: number,
  ours: () => void,
  yardstick: () => void,
): { oursSeconds: number; yardstickSeconds: number } {
  const oursTimes: number[] = [];
  const yardstickTimes: number[] = [];
  // The first round lets the compiler finish and isn't counted.
  for (let round = 0; round <= rounds; round++) {
    const times = [secondsOf(yardstick), secondsOf(ours)] as const;
    if (round === 0) continue;
    yardstickTimes.push(times[0]);
    oursTimes.push(times[1]);
  }
  return { oursSeconds: median(oursTimes), yardstickSeconds: median(yardstickTimes) };
}

function secondsOf(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
