import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { InputError } from '../base/input-error.js';

/**
 * Keeps other sweeps from the same output until the returned function is called. A lock whose
 * process on this machine has ended is taken over.
 * @throws InputError if another sweep holds it
 */
export function lock(path: string): () => void {
  const mine = `${process.pid} ${hostname()}`;
  if (!create(path, mine)) {
    checkFree(path);
    takeOver(path, mine);
  }
  return () => rmSync(path, { force: true });
}

/**
 * Refuses a lock that somebody holds; takes none.
 * @throws InputError; an error of the system if there can be none
 */
export function checkFree(path: string): void {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return;
  const holder = readFileSync(path, 'utf8');
  if (!isHeld(holder)) return;
  const got = `${path}: got a lock that process ${holder || '(unknown)'} holds`;
  throw new InputError(`${got}; allowed: one sweep at a time, or remove it if that has ended`);
}

/** False if it is there already. On a full disk nothing is left, which would look like a lock. */
function create(path: string, mine: string): boolean {
  try {
    writeFileSync(path, mine, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    rmSync(path, { force: true });
    throw error;
  }
}

/** Of two that find the same stale lock, a rename lets one win. */
function takeOver(path: string, mine: string): void {
  const stale = `${path}.${process.pid}`;
  renameSync(path, stale);
  rmSync(stale);
  if (create(path, mine)) return;
  const got = `${path}: got a lock that another process has just taken`;
  throw new InputError(`${got}; allowed: one sweep at a time`);
}

function isHeld(holder: string): boolean {
  const [pid = '', host = ''] = holder.split(' ');
  // What cannot be asked, on another machine or just being written, counts as held.
  if (host !== hostname() || !/^\d+$/.test(pid)) return true;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
