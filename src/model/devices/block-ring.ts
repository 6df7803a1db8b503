import type { EventChannel } from '../guest/event-channel.js';
import { PageQueue } from './page-queue.js';

/** Slots of the ring that a virtual disk's two ends share: one page of them. */
const RING_SLOTS = 32;

/** Pages that one request can carry. */
export const REQUEST_PAGES = 11;

/** The ring between blkfront in a guest and blkback in domain 0. */
export class BlockRing {
  /** Blkback's event to blkfront: there are responses. */
  readonly front: EventChannel;
  /** Blkfront's event to blkback: there are requests. */
  readonly back: EventChannel;
  readonly requests = new PageQueue(RING_SLOTS);
  readonly responses = new PageQueue(RING_SLOTS);

  constructor(front: EventChannel, back: EventChannel) {
    this.front = front;
    this.back = back;
  }
}
