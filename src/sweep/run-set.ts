import type { Shard } from './part-file.js';

/**
 * The finished runs of a shard. Runs finish nearly in order, so what is kept is the number of those
 * before the first gap, and the few after it.
 */
export class RunSet {
  private readonly shard: Shard;
  private inOrder = 0;
  private readonly after = new Set<number>();

  constructor(shard: Shard) {
    this.shard = shard;
  }

  get size(): number {
    return this.inOrder + this.after.size;
  }

  /** The first run of the shard that is not finished, whether or not there are so many. */
  get firstGap(): number {
    return this.shard.part - 1 + this.inOrder * this.shard.of;
  }

  /** @returns false if the run is there already, or of another shard */
  add(run: number): boolean {
    if (this.has(run) || (run - this.shard.part + 1) % this.shard.of !== 0) return false;
    this.after.add(run);
    while (this.after.delete(this.firstGap)) this.inOrder++;
    return true;
  }

  has(run: number): boolean {
    return run < this.firstGap || this.after.has(run);
  }
}

/** Runs of a shard, of so many in the sweep. */
export function shardSize(runs: number, { part, of }: Shard): number {
  return Math.max(0, Math.ceil((runs - part + 1) / of));
}
