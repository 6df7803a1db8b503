import { closeSync, openSync, readSync } from 'node:fs';
import { constants, gunzipSync } from 'node:zlib';

/** Enough of a file to find its record, which stands near its beginning. */
const LOOKED_AT_BYTES = 16_384;

/**
 * A comment of HTML and Markdown that says which command line wrote the file. In JSON the key
 * `written_by` says it, in a folder or beside a table the data package.
 */
export function recordComment(writtenBy: string): string {
  // No path may end the comment.
  const text = JSON.stringify({ written_by: writtenBy }).replaceAll('>', '\\u003e');
  return `<!-- ${text} -->`;
}

/** The command line that wrote a file, by its record; null if it has none. */
export function recordIn(path: string): string | null {
  const [, quoted] = /"written_by":\s*("(?:[^"\\]|\\.)*")/.exec(headOf(path)) ?? [];
  try {
    return quoted === undefined ? null : String(JSON.parse(quoted));
  } catch {
    return null;
  }
}

/** How a file begins, or what it was before it was compressed. */
function headOf(path: string): string {
  const bytes = Buffer.alloc(LOOKED_AT_BYTES);
  const file = openSync(path, 'r');
  try {
    const head = bytes.subarray(0, readSync(file, bytes));
    if (head[0] !== 0x1f) return head.toString();
    return gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH }).toString();
  } catch {
    // Begins as compressed data do, and is none.
    return '';
  } finally {
    closeSync(file);
  }
}
