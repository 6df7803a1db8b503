import { type Progress, startProgress } from '../output/progress.js';

const LINE_MS = 60_000;

/** Runs done, rate and time left: a line in place on a terminal, otherwise a line a minute. */
export function sweepProgress(quiet: boolean): Progress {
  if (quiet || process.stderr.isTTY) {
    return startProgress(process.stderr, quiet, process.env, sweepProgressText);
  }
  const start = performance.now();
  let counts: readonly [number, number] = [0, 0];
  const timer = setInterval(() => {
    const text = sweepProgressText(...counts, (performance.now() - start) / 1000);
    process.stderr.write(`${text}\n`);
  }, LINE_MS).unref();
  return {
    update: (done, total) => {
      counts = [done, total];
    },
    stop: () => clearInterval(timer),
  };
}

/** "Sweep: 12 of 30 runs, 4.0 runs/s, 5 s left". */
export function sweepProgressText(done: number, total: number, elapsedS: number): string {
  const rate = elapsedS > 0 ? done / elapsedS : 0;
  const left = rate > 0 ? `, ${Math.ceil((total - done) / rate)} s left` : '';
  return `Sweep: ${done} of ${total} runs, ${rate.toFixed(1)} runs/s${left}`;
}
