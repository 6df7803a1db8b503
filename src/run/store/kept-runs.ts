import { type Dirent, readdirSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UNFINISHED } from './entry.js';

/** Runs, and the room that they take. */
export interface Usage {
  readonly runs: number;
  readonly bytes: number;
}

export interface Pruned {
  readonly removed: Usage;
  readonly left: Usage;
}

interface KeptRun {
  readonly path: string;
  readonly program: string;
  readonly bytes: number;
  readonly usedMs: number;
}

/** Below the store's folder: a folder for each program, in which each run is a file. */
const RUNS = 'runs';
const PROGRAM = /^[0-9a-f]{16}-/;
const RUN = /^[0-9a-f]{64}$/;

/** A disk gives room in such pieces. */
const BLOCK_BYTES = 4096;
/** What is unfinished after so long is left over from a process that was killed. */
const LEFT_OVER_MS = 3_600_000;
/** Makes room for some more, lest every command has to. */
const FILLED = 0.9;

/** The folder of one program's runs. */
export function programFolder(store: string, program: string): string {
  return join(store, RUNS, program);
}

/** What a file of this size takes on a disk. */
export function roomOf(bytes: number): number {
  return Math.ceil(bytes / BLOCK_BYTES) * BLOCK_BYTES;
}

/** What a store holds, and what of it is one program's. */
export function usageOf(store: string, program: string): { all: Usage; own: Usage } {
  const runs = keptRuns(store);
  return { all: sum(runs), own: sum(runs.filter((run) => run.program === program)) };
}

/**
 * Removes runs if there are too many, those first that were not used for the longest time, and what
 * killed processes left.
 * @param sparedMs runs that were used since then stay, even if there are too many of them
 */
export function prune(
  store: string,
  limitBytes: number,
  sparedMs = Number.POSITIVE_INFINITY,
): Pruned {
  removeLeftOver(store, Date.now() - LEFT_OVER_MS);
  const runs = keptRuns(store);
  let { bytes } = sum(runs);
  const removed: KeptRun[] = [];
  if (bytes > limitBytes) {
    runs.sort((a, b) => a.usedMs - b.usedMs);
    for (const run of runs) {
      if (bytes <= FILLED * limitBytes || run.usedMs >= sparedMs) break;
      if (!isRemoved(run.path)) continue;
      removed.push(run);
      bytes -= run.bytes;
    }
  }
  return { removed: sum(removed), left: { runs: runs.length - removed.length, bytes } };
}

/** Removes all runs, and nothing else that may be in the folder. */
export function clear(store: string): Usage {
  removeLeftOver(store, Number.POSITIVE_INFINITY);
  const removed = keptRuns(store).filter(({ path }) => isRemoved(path));
  for (const folder of [
    ...programsIn(store).map((name) => programFolder(store, name)),
    join(store, RUNS),
  ]) {
    try {
      rmdirSync(folder);
    } catch {
      // Not there, or not empty: somebody has just put a run there.
    }
  }
  return sum(removed);
}

function sum(runs: readonly KeptRun[]): Usage {
  return { runs: runs.length, bytes: runs.reduce((bytes, run) => bytes + run.bytes, 0) };
}

function keptRuns(store: string): KeptRun[] {
  return filesIn(store, (name) => RUN.test(name)).map(({ path, program, size, mtimeMs }) => ({
    path,
    program,
    bytes: roomOf(size),
    usedMs: mtimeMs,
  }));
}

/** @param beforeMs when it was written at the latest */
function removeLeftOver(store: string, beforeMs: number): void {
  for (const { path, mtimeMs } of filesIn(store, (name) => name.startsWith(UNFINISHED))) {
    if (mtimeMs < beforeMs) isRemoved(path);
  }
}

/** Files of that name of all programs. */
function filesIn(store: string, isWanted: (name: string) => boolean) {
  return programsIn(store).flatMap((program) => {
    const folder = programFolder(store, program);
    return entriesOf(folder).flatMap((entry) => {
      if (!entry.isFile() || !isWanted(entry.name)) return [];
      const path = join(folder, entry.name);
      const stats = statSync(path, { throwIfNoEntry: false });
      return stats === undefined
        ? []
        : [{ path, program, size: stats.size, mtimeMs: stats.mtimeMs }];
    });
  });
}

function programsIn(store: string): string[] {
  return entriesOf(join(store, RUNS))
    .filter((entry) => entry.isDirectory() && PROGRAM.test(entry.name))
    .map(({ name }) => name);
}

/** None if the folder is not there, or nobody may look. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function isRemoved(path: string): boolean {
  try {
    rmSync(path);
    return true;
  } catch {
    // Another process was faster, or it is not ours to remove.
    return false;
  }
}
