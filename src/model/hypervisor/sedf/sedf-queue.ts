import { ZERO_NS } from '../../engine/clock.js';
import type { SedfVcpu } from './sedf-vcpu.js';

/** A VCPU's place in one kind of queue: a link of a ring, by itself if the VCPU is in none. */
export class Place {
  readonly vcpu: SedfVcpu;
  /** What the queue is ordered by, as it is now. A change does not move the place. */
  key = ZERO_NS;
  next: Place = this;
  previous: Place = this;

  constructor(vcpu: SedfVcpu) {
    this.vcpu = vcpu;
  }

  isQueued(): boolean {
    return this.next !== this;
  }

  /** Leaves its queue, if it is in one. */
  leave(): void {
    const { next, previous } = this;
    previous.next = next;
    next.previous = previous;
    this.next = this;
    this.previous = this;
  }
}

/** A queue of a PCPU in ascending order of keys. It is never sorted anew. */
export class SedfQueue {
  /** Closes the ring. Its VCPU is the PCPU's idle one, and its key is above all others. */
  readonly end: Place;

  constructor(idle: SedfVcpu) {
    this.end = new Place(idle);
    this.end.key = Infinity;
  }

  /** The place with the lowest key; `end` if the queue is empty. */
  first(): Place {
    return this.end.next;
  }

  has(place: Place): boolean {
    let at = this.end.next;
    while (at !== this.end && at !== place) at = at.next;
    return at === place;
  }

  /** Puts a place that is in no queue behind those of equal key, looking from the front. */
  insert(place: Place): void {
    const { key } = place;
    let after = this.end.next;
    while (after.key <= key) after = after.next;
    const before = after.previous;
    place.previous = before;
    place.next = after;
    before.next = place;
    after.previous = place;
  }
}
