import { setImmediate } from 'node:timers/promises';
import { VERSION } from '../../files/version.js';
import type { TracedRun } from '../../run/run-trace.js';
import { writePieces } from '../folder/write-pieces.js';
import { ChromeTrace } from './chrome-trace.js';

export interface WrittenTrace {
  /** Slices, instants and values. */
  readonly events: number;
  /** Of the text, compressed or not. */
  readonly textBytes: number;
  /** Of the file as it is; null for stdout. */
  readonly fileBytes: number | null;
}

/** Told how much of the run is simulated, in nanoseconds, and how much text there is. */
export type OnTraced = (simulatedNs: number, textBytes: number) => void;

/**
 * Simulates a run and writes its trace while it goes on.
 * @param path a file, compressed if it ends in `.gz`, or `-` for stdout
 * @param writtenBy the command line that may replace the file
 * @throws OutputError if the file cannot be written, the signal's reason if it is aborted
 */
export async function writeTrace(
  run: TracedRun,
  path: string,
  writtenBy: string,
  onTraced: OnTraced,
  signal: AbortSignal,
): Promise<WrittenTrace> {
  const { experiment, variant, seed } = run;
  const tool = `offloadcage ${VERSION}`;
  const trace = new ChromeTrace({ tool, written_by: writtenBy, experiment, variant, seed });
  let textBytes = 0;
  const counted = (text: string) => {
    textBytes += Buffer.byteLength(text);
    return text;
  };
  async function* pieces() {
    for (const simulatedNs of run.start(trace)) {
      yield counted(trace.take());
      onTraced(simulatedNs, textBytes);
      // Lets Ctrl-C through: the stream itself waits only when it is full.
      await setImmediate();
    }
    yield counted(trace.takeEnd());
  }
  const fileBytes = await writePieces(path, pieces(), signal);
  return { events: trace.events, textBytes, fileBytes };
}
