/** The parts of a `tty.WriteStream` that a progress line needs. */
export interface ProgressStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

export interface Progress {
  /** `done` of `total` runs have ended. */
  readonly update: (done: number, total: number) => void;
  /** Clears the line. Nothing is drawn after that. */
  readonly stop: () => void;
}

const REDRAW_MS = 500;
const CLEAR_LINE = '\r\u001b[2K';
const SILENT: Progress = { update: () => {}, stop: () => {} };

/**
 * A line on a terminal that says how far the runs are and is redrawn in place. Silent in files and
 * pipes, on terminals without cursor control, and if `quiet`. `textOf` says it in other words.
 */
export function startProgress(
  stream: ProgressStream,
  quiet: boolean,
  env: Readonly<Record<string, string | undefined>> = process.env,
  textOf: typeof progressText = progressText,
): Progress {
  if (quiet || stream.isTTY !== true || env.TERM === 'dumb') return SILENT;
  const start = performance.now();
  let counts: readonly [number, number] | null = null;
  let stopped = false;
  const draw = () => {
    if (counts === null || stopped) return;
    const text = textOf(...counts, (performance.now() - start) / 1000);
    // A line that wraps could not be cleared.
    stream.write(CLEAR_LINE + text.slice(0, (stream.columns || 80) - 1));
  };
  const timer = setInterval(draw, REDRAW_MS).unref();
  return {
    update: (done, total) => {
      counts = [done, total];
      draw();
    },
    stop: () => {
      if (stopped) return;
      stopped = true;
      clearInterval(timer);
      stream.write(CLEAR_LINE);
    },
  };
}

/** "Simulating: 12 of 30 runs, 40%, 3 s". */
export function progressText(done: number, total: number, elapsedS: number): string {
  const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
  return `Simulating: ${done} of ${total} runs, ${percent}%, ${Math.floor(elapsedS)} s`;
}
