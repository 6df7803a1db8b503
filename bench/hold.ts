import { EventQueue } from '../src/model/engine/event-queue.js';
import { interleaved, type Measurement } from './benchmark.js';
import { INCREMENT_MASK, increments } from './increments.js';
import { plainHeapHold } from './plain-heap.js';

const ROUNDS = 9;
const EVENTS = 1_000_000;
const PENDING = [10, 100, 10_000];

/** HOLD: every event re-arms itself an exponential time later, so `pending` stay pending. */
export function hold(): Measurement[] {
  return PENDING.map((pending) => {
    const { oursSeconds, yardstickSeconds } = interleaved(
      ROUNDS,
      () => coreHold(pending, EVENTS),
      () => plainHeapHold(pending, EVENTS),
    );
    return {
      name: `HOLD, ${pending} events pending`,
      value: EVENTS / oursSeconds / 1e6,
      unit: 'million events/s',
      relativeSpeed: yardstickSeconds / oursSeconds,
    };
  });
}

function coreHold(pending: number, events: number): number {
  const queue = new EventQueue(pending);
  for (let slot = 0; slot < pending; slot++) queue.schedule(slot, increments[slot]!);
  let checksum = 0;
  for (let event = 0; event < events; event++) {
    const slot = queue.nextSlot();
    queue.schedule(slot, queue.nextTimeNs() + increments[event & INCREMENT_MASK]!);
    checksum += slot;
  }
  return checksum;
}
