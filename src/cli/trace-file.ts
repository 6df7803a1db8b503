import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { constants, gunzipSync } from 'node:zlib';
import { InputError } from '../experiments/input-error.js';
import { TRACE_START } from '../output/trace/chrome-trace.js';

/** Enough of a file to see what it is. */
const LOOKED_AT_BYTES = 4096;

/**
 * Refuses to replace a file that is there and is no trace: a definition, for one, is lost easily.
 * @throws InputError
 */
export function checkTraceFile(path: string): void {
  if (path === '-' || !statSync(path, { throwIfNoEntry: false })?.isFile()) return;
  const start = startOf(path);
  if (start.length === 0 || textOf(start).startsWith(TRACE_START)) return;
  throw new InputError(
    `--out: got ${path}, which is there and no trace; allowed: a new file, or a trace to replace`,
  );
}

function startOf(path: string): Buffer {
  const bytes = Buffer.alloc(LOOKED_AT_BYTES);
  const file = openSync(path, 'r');
  try {
    return bytes.subarray(0, readSync(file, bytes));
  } finally {
    closeSync(file);
  }
}

/** The text, or what it was before it was compressed; empty if it is neither. */
function textOf(start: Buffer): string {
  if (start[0] !== 0x1f) return start.toString();
  try {
    return gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH }).toString();
  } catch {
    return '';
  }
}
