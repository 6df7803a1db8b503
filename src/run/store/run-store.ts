import { existsSync } from 'node:fs';
import type { MeasuredRun } from '../../measure/measure.js';
import { programName } from '../program-hash.js';
import { runKey } from '../run-key.js';
import type { RunTask } from '../run-task.js';
import { entryOf, type Shelf } from './entry.js';
import { programFolder, prune, roomOf } from './kept-runs.js';
import { type DoneRun, findRun, type RunRequest } from './stored-run.js';

export interface StoreOptions {
  /** It is made when there is something to keep. */
  readonly folder: string;
  readonly limitBytes: number;
  /** Gets a line about what goes wrong. */
  readonly say: (line: string) => void;
}

/** How much of the limit may be written until it is looked up what all of it takes. */
const LOOK_AFTER = 1 / 64;

/** Times of files may be those of another machine. */
const CLOCKS_APART_MS = 60_000;

/** Runs that any command has done: none is done twice. What goes wrong with it stops no run. */
export class RunStore {
  readonly shelf: Shelf;
  /** Runs that were asked for, and those that were there. */
  asked = 0;
  found = 0;
  private isKeeping = true;
  private readonly openedMs = Date.now() - CLOCKS_APART_MS;
  private readonly damaged = new Set<string>();
  private bytes = 0;
  private unseenBytes = 0;

  constructor(private readonly options: StoreOptions) {
    const program = programName();
    this.shelf = { folder: programFolder(options.folder, program), program };
  }

  /** Whether there is no run of this program: then threads to do them are needed at once. */
  get isEmpty(): boolean {
    return !existsSync(this.shelf.folder);
  }

  /** Whether runs are kept that are done now. */
  get keeps(): boolean {
    return this.isKeeping;
  }

  /** Takes out a run. */
  find(task: RunTask): MeasuredRun | null {
    const { run, damaged } = findRun(entryOf(runKey(task), this.shelf));
    if (damaged !== null) this.sayDamaged(damaged);
    if (run !== null) {
      this.asked++;
      this.found++;
    }
    return run;
  }

  /** What a worker is asked to do for a run that was not there. */
  request(task: RunTask): RunRequest {
    return { task, entry: entryOf(runKey(task), this.shelf), isKept: this.isKeeping };
  }

  /** Takes note of what a worker has done. */
  note({ isFound, bytes, damaged, failure }: Omit<DoneRun, 'run'>): void {
    this.asked++;
    if (isFound) this.found++;
    if (damaged !== null) this.sayDamaged(damaged);
    if (failure !== null) this.stopKeeping(`${failure}; OFFLOADCAGE_CACHE takes another folder`);
    const room = roomOf(bytes);
    this.bytes += room;
    this.unseenBytes += room;
    const { folder, limitBytes } = this.options;
    if (this.unseenBytes <= this.lookAfter) return;
    this.unseenBytes = 0;
    // What this command has used stays: it may have to go on from there.
    const mostBytes = limitBytes - 2 * this.lookAfter;
    if (prune(folder, mostBytes, this.openedMs).left.bytes < mostBytes) return;
    this.stopKeeping('it is full; OFFLOADCAGE_CACHE_LIMIT allows more');
  }

  private get lookAfter(): number {
    return LOOK_AFTER * this.options.limitBytes;
  }

  /** Ends the use of it. Removes old runs if there are too many. */
  close(): void {
    if (this.bytes > 0) prune(this.options.folder, this.options.limitBytes);
  }

  private sayDamaged(path: string): void {
    // The worker finds it, too.
    if (!this.damaged.has(path)) this.options.say(`${path}: a damaged run; it is done again`);
    this.damaged.add(path);
  }

  private stopKeeping(because: string): void {
    if (this.isKeeping) this.options.say(`the store keeps no more runs: ${because}`);
    this.isKeeping = false;
  }
}
