import type { Clock } from '../../../src/model/engine/clock.js';
import type { O1RunQueue } from '../../../src/model/guest/scheduling/o1-run-queue.js';
import type { Task } from '../../../src/model/guest/task.js';

export const TICK_NS = 10_000_000;

/** Lets what is on a queue run for so many ticks from now on; the task that each tick hits. */
export function ticked(clock: Clock, queue: O1RunQueue, ticks: number, tickNs = TICK_NS): Task[] {
  const startNs = clock.nowNs;
  const hit: Task[] = [];
  let current = queue.pick()!;
  queue.runs(current);
  for (let tick = 1; tick <= ticks; tick++) {
    clock.nowNs = startNs + tick * tickNs;
    hit.push(current);
    if (!queue.tick(current)) continue;
    const next = queue.pick()!;
    if (next === current) continue;
    queue.preempted(current);
    queue.runs(next);
    current = next;
  }
  return hit;
}
