import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { InputError } from '../experiments/input-error.js';

/**
 * Keeps other sweeps from the same output until the returned function is called. A lock whose
 * process on this machine has ended is taken over.
 * @throws InputError if another sweep holds it
 */
export function lock(path: string): () => void {
  const mine = `${process.pid} ${hostname()}`;
  try {
    writeFileSync(path, mine, { flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    const holder = readFileSync(path, 'utf8');
    if (isHeld(holder)) {
      const got = `${path}: got a lock that process ${holder} holds`;
      throw new InputError(`${got}; allowed: one sweep at a time, or remove it if that has ended`);
    }
    takeOver(path, mine);
  }
  return () => rmSync(path, { force: true });
}

/** Of two that find the same stale lock, a rename lets one win. */
function takeOver(path: string, mine: string): void {
  const stale = `${path}.${process.pid}`;
  renameSync(path, stale);
  rmSync(stale);
  writeFileSync(path, mine, { flag: 'wx' });
}

function isHeld(holder: string): boolean {
  const [pid = '', host = ''] = holder.split(' ');
  // What cannot be asked, on another machine or just being written, counts as held.
  if (holder === '' || host !== hostname() || !/^\d+$/.test(pid)) return holder !== '';
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
