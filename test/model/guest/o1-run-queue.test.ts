import { describe, expect, it } from 'vitest';
import { Clock } from '../../../src/model/engine/clock.js';
import { O1RunQueue } from '../../../src/model/guest/scheduling/o1-run-queue.js';
import { Task } from '../../../src/model/guest/task.js';
import { TICK_NS, ticked } from './ticking.js';

function task(index: number, nice = 0): Task {
  return new Task(`task${index}`, index, index, nice, 0);
}

/** Runs CPU-bound tasks for so many ticks and counts the ticks that each got. */
function share(tasks: readonly Task[], ticks: number, tickNs = TICK_NS): number[] {
  const clock = new Clock();
  const queue = new O1RunQueue(clock, 'o1-2.6.16', tickNs);
  const idle = task(0);
  for (const one of tasks) queue.wake(one, idle, false);
  const hit = ticked(clock, queue, ticks, tickNs);
  return tasks.map((one) => hit.filter((task) => task === one).length);
}

describe('O1RunQueue', () => {
  it('shares the CPU among equals', () => {
    expect(share([task(1), task(2), task(3)], 3000)).toEqual([1000, 1000, 1000]);
  });

  it('gives nice 0 ten ticks for each tick of nice 19', () => {
    const [normal, nice] = share([task(1, 0), task(2, 19)], 2200);
    // 100 ms against 5 ms, which is one tick at least.
    expect(normal! / nice!).toBeCloseTo(10, 1);
  });

  // Linux has slices in milliseconds and counts them in whole ticks: 100 ms are 25 ticks of 4 ms,
  // and 5 ms are one. With ticks of 1 ms nothing is lost.
  it.each([
    [250, 25],
    [1000, 20],
  ])('at %i Hz gives nice 0 as much as %i of nice 19', (hz, times) => {
    const [normal, nice] = share([task(1, 0), task(2, 19)], 30 * hz, 1e9 / hz);
    expect(normal! / nice!).toBeCloseTo(times, -0.5);
  });

  it('gives nice -20 eight times the slice of nice 0', () => {
    const [fast, normal] = share([task(1, -20), task(2, 0)], 9000);
    expect(fast! / normal!).toBeCloseTo(8, 1);
  });

  it('lets a task that sleeps preempt one that only runs', () => {
    const clock = new Clock();
    const queue = new O1RunQueue(clock, 'o1-2.6.16', TICK_NS);
    const hog = task(1);
    const sleeper = task(2);
    queue.wake(sleeper, task(0), true);
    queue.runs(sleeper);
    queue.sleep(sleeper);
    queue.wake(hog, task(0), true);
    queue.runs(queue.pick()!);
    for (let tick = 1; tick < 5; tick++) {
      clock.nowNs = tick * TICK_NS;
      queue.tick(hog);
    }
    clock.nowNs = 600_000_000;
    expect(queue.wake(sleeper, hog, true)).toBe(true);
    expect(queue.pick()).toBe(sleeper);
    clock.nowNs = 601_000_000;
    queue.sleep(sleeper);
    expect(queue.pick()).toBe(hog);
  });

  it('prefers nothing among equals that have just been started', () => {
    const queue = new O1RunQueue(new Clock(), 'o1-2.6.16', TICK_NS);
    const first = task(1);
    expect(queue.wake(first, task(0), true)).toBe(true);
    expect(queue.wake(task(2), first, true)).toBe(false);
    expect(queue.pick()).toBe(first);
  });
});

/** Linux 2.6: `EXPIRED_STARVING`. */
describe('an interactive task that never sleeps again', () => {
  /**
   * One of `nice` that has slept much comes when the first of some others, which do not sleep, has
   * used up its slice. How many ticks it has before one of the others?
   */
  function ticksOf(nice: number, others: readonly number[]): number {
    const clock = new Clock();
    const queue = new O1RunQueue(clock, 'o1-2.6.18', TICK_NS);
    const hogs = others.map((one, i) => task(i + 2, one));
    for (const hog of hogs) queue.wake(hog, task(0), true);
    // The slice of the first, to its end.
    expect(ticked(clock, queue, hogs[0]!.timeSliceTicks)).not.toContain(hogs[1]);
    const sleeper = task(1, nice);
    sleeper.sleepAvgNs = 1e9;
    queue.wake(sleeper, hogs[0]!, true);
    return ticked(clock, queue, 1000).findIndex((hit) => hit !== sleeper);
  }

  it.each([2, 3, 5])('lets %d others wait for a second for each that is runnable', (count) => {
    const ticks = ticksOf(0, Array(count).fill(0));
    // It is asked at the ends of its slices of 10 ticks.
    expect(ticks).toBeGreaterThan(100 * (count + 1));
    expect(ticks).toBeLessThanOrEqual(100 * (count + 1) + 20);
  });

  it('goes behind those that wait if one of them has a better nice value', () => {
    // 75 ms is 7 ticks.
    expect(ticksOf(5, [4, 19])).toBe(7);
    expect(ticksOf(5, [5, 19])).toBeGreaterThan(300);
    expect(ticksOf(5, [6, 19])).toBeGreaterThan(300);
  });
});
