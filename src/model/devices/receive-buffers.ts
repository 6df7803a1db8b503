/** How many receive buffers a guest has, in packets. */
export interface ReceiveBufferLimits {
  /** What it aims at, at the least and at the most; the least counts as no more than the most. */
  readonly least: number;
  readonly most: number;
  /** It posts none until it has this part of what it aims at to post, in percent. */
  readonly batchPct: number;
}

/**
 * How many receive buffers netfront posts, and when: in batches, and the more the closer domain 0
 * came to using them all up. The number it aims at doubles, and falls by one at a time.
 */
export class ReceiveBuffers {
  /** How many it aims to have posted. */
  target: number;
  private readonly limits: ReceiveBufferLimits;
  /** Posted, and those of them that are filled not yet found. */
  private posted = 0;
  /** Allocated, and not yet posted. */
  private inHand = 0;

  constructor(limits: ReceiveBufferLimits) {
    this.limits = limits;
    this.target = Math.min(limits.least, limits.most);
  }

  /** A poll has found so many filled; `unseen` more are by now. Returns how many it posts. */
  polled(found: number, unseen: number): number {
    const { least } = this.limits;
    this.posted -= found;
    if (this.posted - unseen > Math.floor((3 * this.target) / 4) && this.target > least) {
      this.target--;
    }
    return this.post(unseen);
  }

  /** Fills up to the target, if that is worthwhile; returns how many it posts. */
  post(unseen: number): number {
    const { most, batchPct } = this.limits;
    this.inHand = Math.max(this.inHand, this.target - this.posted);
    if (this.inHand < Math.floor((this.target * batchPct) / 100)) return 0;
    if (this.posted - unseen < Math.floor(this.target / 4)) {
      this.target = Math.min(2 * this.target, most);
    }
    const count = this.inHand;
    this.inHand = 0;
    this.posted += count;
    return count;
  }
}
