import { PageQueue } from './page-queue.js';

/** Slots of the ring that a virtual disk's two ends share: one page of them. */
const RING_SLOTS = 32;

/** Pages that one request can carry. */
export const REQUEST_PAGES = 11;

/** The event channel between the two ends of a virtual disk. */
export interface BlockEvents {
  /** `reader` is the ring's number among the readers of the disk. */
  raiseBlkback(reader: number): void;
  raiseBlkfront(domain: number): void;
}

/** The ring between blkfront in a guest and blkback in domain 0. */
export class BlockRing {
  /** Index of the guest's domain. */
  readonly domain: number;
  /** Its number among the readers of the disk. */
  readonly reader: number;
  readonly requests = new PageQueue(RING_SLOTS);
  readonly responses = new PageQueue(RING_SLOTS);

  constructor(domain: number, reader: number) {
    this.domain = domain;
    this.reader = reader;
  }
}
