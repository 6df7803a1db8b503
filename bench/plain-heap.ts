import { INCREMENT_MASK, increments } from './increments.js';

/**
 * The yardstick: HOLD on a hand-written binary heap of typed arrays, all in one function. It
 * removes the earliest event and inserts its successor in one sift; it can neither cancel nor move
 * another event and leaves the order of equal times open. Returns a checksum.
 */
export function plainHeapHold(pending: number, events: number): number {
  const times = increments.slice(0, pending).sort();
  const ids = Int32Array.from(times.keys());
  let checksum = 0;
  for (let event = 0; event < events; event++) {
    const id = ids[0]!;
    const time = times[0]! + increments[event & INCREMENT_MASK]!;
    checksum += id;
    let hole = 0;
    let child = 1;
    while (child < pending) {
      let earliest = times[child]!;
      if (child + 1 < pending && times[child + 1]! < earliest) {
        child++;
        earliest = times[child]!;
      }
      if (earliest >= time) break;
      times[hole] = earliest;
      ids[hole] = ids[child]!;
      hole = child;
      child = 2 * hole + 1;
    }
    times[hole] = time;
    ids[hole] = id;
  }
  return checksum;
}
