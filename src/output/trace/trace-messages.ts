import { formatDuration } from '../../base/duration.js';
import type { TracedRun } from '../../run/run-trace.js';
import { type Progress, type ProgressStream, startProgress } from '../terminal/progress.js';
import type { OnTraced, WrittenTrace } from './write-trace.js';

/** A progress line for a trace that is being written. */
export function traceProgress(
  stream: ProgressStream,
  quiet: boolean,
  { warmupNs, endNs }: TracedRun,
): { readonly update: OnTraced; readonly stop: Progress['stop'] } {
  const totalNs = warmupNs + endNs;
  let size = 0;
  // A run pauses thousands of times; the line need not be drawn as often.
  let percent = -1;
  const { update, stop } = startProgress(
    stream,
    quiet,
    process.env,
    (_done, _total, elapsedS) =>
      `Tracing: ${percent}%, ${formatBytes(size)}, ${Math.floor(elapsedS)} s`,
  );
  return {
    update: (simulatedNs, textBytes) => {
      size = textBytes;
      const nowPercent = Math.floor((100 * simulatedNs) / totalNs);
      if (nowPercent === percent) return;
      percent = nowPercent;
      update(simulatedNs, totalNs);
    },
    stop,
  };
}

/** What has been written, and what of the run it is. */
export function traceSummary(
  { experiment, variant, seed, fromNs, endNs, durationNs }: TracedRun,
  { events, textBytes, fileBytes }: WrittenTrace,
  path: string,
): string {
  const [from, to, end] = [fromNs, endNs, durationNs].map(formatDuration);
  const size =
    fileBytes === null || fileBytes === textBytes
      ? formatBytes(textBytes)
      : `${formatBytes(fileBytes)}, ${formatBytes(textBytes)} as text`;
  return (
    `wrote ${path === '-' ? 'to stdout' : path}: ${experiment}, ${variant}, seed ${seed}, ` +
    `${from} to ${to} of ${end} (--from, --for); ${events} events, ${size}`
  );
}

function formatBytes(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
