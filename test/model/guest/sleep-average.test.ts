/** How sleeping and waiting rank a process, by the rules of the two kernels. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Clock } from '../../../src/model/engine/clock.js';
import { O1RunQueue } from '../../../src/model/guest/scheduling/o1-run-queue.js';
import {
  bonusOf,
  creditSleep,
  isInteractive,
  justInteractiveNs,
  MAX_SLEEP_AVG_NS,
  type O1Version,
} from '../../../src/model/guest/scheduling/sleep-average.js';
import { Task } from '../../../src/model/guest/task.js';
import { TICK_NS, ticked } from './ticking.js';

const MS = 1_000_000;
const versions = ['o1-2.6.16', 'o1-2.6.18'] as const;

function task(index: number, { space = index, nice = 0, jiffyNs = TICK_NS } = {}): Task {
  const one = new Task(`task${index}`, index, space, nice, 0);
  return Object.assign(one, { justInteractiveNs: justInteractiveNs(nice, jiffyNs) });
}

/** A task's sleep average in ms after it slept so long, beginning with `fromMs`. */
function after(version: O1Version, fromMs: number, sleptMs: number, over: Partial<Task> = {}) {
  const one = Object.assign(task(1), { sleepAvgNs: fromMs * MS }, over);
  creditSleep(one, sleptMs * MS, version);
  return one.sleepAvgNs / MS;
}

describe('a short sleep', () => {
  it('counts once in 2.6.18, and in 2.6.16 ten times less the bonus', () => {
    expect(after('o1-2.6.18', 0, 20)).toBe(20);
    expect(after('o1-2.6.16', 0, 20)).toBe(200);
    expect(after('o1-2.6.18', 650, 20)).toBe(670);
    expect(after('o1-2.6.16', 650, 20)).toBe(650 + 20 * (10 - 6));
    expect(after('o1-2.6.16', 999, 20)).toBe(1000);
  });
});

describe('a long sleep', () => {
  it('lifts a process to a slice below the top in 2.6.16, to just interactive in 2.6.18', () => {
    // 80% of the average's range, less a jiffy.
    expect(after('o1-2.6.16', 0, 800)).toBe(900);
    expect(after('o1-2.6.18', 0, 800)).toBe(790);
    expect(after('o1-2.6.18', 950, 800)).toBe(1000);
  });

  it.each([
    [250, 796],
    [1000, 799],
  ])('at %i Hz is just interactive with %i ms', (hz, enoughMs) => {
    const one = task(1, { jiffyNs: 1e9 / hz });
    creditSleep(one, 800 * MS, 'o1-2.6.18');
    expect(one.sleepAvgNs).toBe(enoughMs * MS);
  });

  it('is nothing special to a kernel thread', () => {
    const thread = Object.assign(task(1, { space: 0 }));
    creditSleep(thread, 800 * MS, 'o1-2.6.18');
    expect(thread.sleepAvgNs).toBe(800 * MS);
  });
});

describe('waiting for a disk', () => {
  it.each(versions)(
    'makes no more than just interactive, and takes nothing away: %s',
    (version) => {
      const waitsForDisk = true;
      fc.assert(
        fc.property(
          fc.integer({ min: 0, max: 1000 }),
          fc.integer({ min: 0, max: 5000 }),
          (fromMs, sleptMs) => {
            const got = after(version, fromMs, sleptMs, { waitsForDisk });
            expect(got).toBeLessThanOrEqual(Math.max(fromMs, 790));
            expect(got).toBeGreaterThanOrEqual(fromMs);
          },
        ),
      );
    },
  );
});

describe.each(versions)('waiting for the CPU after a wake-up, in %s', (version) => {
  /** Sleep average in ms that a wait of 40 ms for the CPU adds to an average of 1 s, less 200. */
  function waited(byInterrupt: boolean, waitsForDisk = false): number {
    const clock = new Clock();
    const queue = new O1RunQueue(clock, version, TICK_NS);
    const [current, waiting] = [task(1), task(2)];
    for (const one of [waiting, current]) {
      queue.wake(one, task(0), true);
      queue.runs(one);
      if (one === waiting) queue.sleep(one);
    }
    waiting.sleepAvgNs = 720 * MS;
    waiting.waitsForDisk = waitsForDisk;
    queue.wake(waiting, current, byInterrupt);
    clock.nowNs += 40 * MS;
    queue.preempted(current);
    queue.runs(waiting);
    return waiting.sleepAvgNs / MS - 720;
  }

  // At 720 ms the bonus is 7: 2.6.16 counts sleep three times.
  const times = version === 'o1-2.6.16' ? 3 : 1;

  it('counts as sleep, in full if an interrupt woke it', () => {
    expect(waited(true)).toBe(40 * times);
  });

  it('counts by three tenths if a process woke it', () => {
    expect(waited(false)).toBeCloseTo(0.3 * 40 * times, 0);
  });

  it('does not count if it slept for a disk', () => {
    expect(waited(true, true)).toBe(0);
  });
});

describe.each(versions)('interactive equals, in %s', (version) => {
  // Turns of 10 ms in whole ticks, which 4 ms do not divide.
  it.each([
    [100, 1],
    [250, 2],
    [1000, 10],
  ])('at %i Hz take turns of %i ticks at the highest bonus', (hz, turn) => {
    const clock = new Clock();
    const queue = new O1RunQueue(clock, version, 1e9 / hz);
    const tasks = [task(1), task(2)];
    for (const one of tasks) {
      one.sleepAvgNs = MAX_SLEEP_AVG_NS;
      queue.wake(one, task(0), true);
    }
    const order = ticked(clock, queue, 6 * turn, 1e9 / hz).map(({ index }) => index);
    expect(order).toEqual([1, 2, 1, 2, 1, 2].flatMap((index) => Array(turn).fill(index)));
  });
});

it('the average stays in its range whatever happens', () => {
  const sleeps = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 3e9 })), {
    maxLength: 50,
  });
  fc.assert(
    fc.property(sleeps, fc.constantFrom(...versions), (steps, version) => {
      const one = task(1);
      for (const [waitsForDisk, ns] of steps) {
        one.waitsForDisk = waitsForDisk;
        creditSleep(one, ns, version);
        expect(one.sleepAvgNs).toBeLessThanOrEqual(MAX_SLEEP_AVG_NS);
        expect(bonusOf(one)).toBeGreaterThanOrEqual(0);
        expect(bonusOf(one)).toBeLessThanOrEqual(10);
      }
    }),
  );
});

describe('a process is interactive', () => {
  // The table of Linux 2.6's scheduler: by nice value, of eleven bonuses from 10 down to 0.
  it.each([
    [-20, 9],
    [0, 4],
    [10, 2],
    [19, 0],
  ])('at nice %i with the %i highest of eleven bonuses', (nice, count) => {
    const bonuses = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0];
    const found = bonuses.map((bonus) => {
      const one = Object.assign(task(1, { nice }), { sleepAvgNs: (bonus * MAX_SLEEP_AVG_NS) / 10 });
      expect(bonusOf(one)).toBe(bonus);
      // Before it is held between 100 and 139.
      one.prio = 120 + nice + 5 - bonus;
      return isInteractive(one);
    });
    expect(found).toEqual(bonuses.map((_, i) => i < count));
  });
});

describe('running', () => {
  it.each([
    [1000, 10],
    [550, 5],
    [100, 1],
    [50, 1],
  ])('takes from an average of %d ms a part of what it ran: by its bonus', (fromMs, bonus) => {
    const clock = new Clock();
    const queue = new O1RunQueue(clock, 'o1-2.6.18', TICK_NS);
    const one = task(1);
    queue.wake(one, task(0), true);
    one.sleepAvgNs = fromMs * MS;
    queue.runs(one);
    clock.nowNs = 30 * MS;
    queue.sleep(one);
    expect(one.sleepAvgNs).toBe((fromMs - 30 / bonus) * MS);
  });
});

describe('of two equals that were woken, the one that has its turn', () => {
  it.each([
    ['o1-2.6.16', 1],
    ['o1-2.6.18', 0],
  ] as const)('in %s is followed by number %i', (version, next) => {
    const clock = new Clock();
    const queue = new O1RunQueue(clock, version, TICK_NS);
    const both = [task(1), task(2)];
    for (const one of both) queue.wake(one, task(0), true);
    for (const one of both) queue.sleep(one);
    for (const one of both) queue.wake(one, task(0), true);
    queue.runs(queue.pick()!);
    expect(queue.pick()).toBe(both[next]);
  });
});
