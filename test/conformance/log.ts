import { createHash } from 'node:crypto';

const CHUNK_LINES = 4096;

/** Something that a run has recorded, line by line. */
export interface Log {
  readonly count: number;
  line(i: number): string;
}

/** SHA-256 of its lines joined by newlines. */
export function sha256Of(log: Log): string {
  const hash = createHash('sha256');
  for (let start = 0; start < log.count; start += CHUNK_LINES) {
    const end = Math.min(start + CHUNK_LINES, log.count);
    let text = start > 0 ? '\n' : '';
    for (let i = start; i < end; i++) text += i > start ? `\n${log.line(i)}` : log.line(i);
    hash.update(text);
  }
  return hash.digest('hex');
}
