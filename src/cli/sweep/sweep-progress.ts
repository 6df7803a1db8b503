import { type Progress, startProgress } from '../../output/terminal/progress.js';

const LINE_MS = 60_000;

/**
 * Runs done, rate and time left: a line in place on a terminal, otherwise one line per minute.
 * @param foundSoFar how many of those that are done were in the store
 */
export function sweepProgress(quiet: boolean, foundSoFar: () => number = () => 0): Progress {
  const textOf = (done: number, total: number, elapsedS: number) =>
    sweepProgressText(done, total, elapsedS, foundSoFar());
  if (quiet || process.stderr.isTTY) {
    return startProgress(process.stderr, quiet, process.env, textOf);
  }
  const start = performance.now();
  let counts: readonly [number, number] = [0, 0];
  const timer = setInterval(() => {
    const text = textOf(...counts, (performance.now() - start) / 1000);
    process.stderr.write(`${text}\n`);
  }, LINE_MS).unref();
  return {
    update: (done, total) => {
      counts = [done, total];
    },
    stop: () => clearInterval(timer),
  };
}

/**
 * "Sweep: 12 of 30 runs, 4.0 runs/s, 5 s left".
 * @param found how many of them were in the store, which says nothing about the rate
 */
export function sweepProgressText(
  done: number,
  total: number,
  elapsedS: number,
  found = 0,
): string {
  const rate = elapsedS > 0 ? (done - found) / elapsedS : 0;
  const left = rate > 0 ? `, ${Math.ceil((total - done) / rate)} s left` : '';
  return `Sweep: ${done} of ${total} runs, ${rate.toFixed(1)} runs/s${left}`;
}
