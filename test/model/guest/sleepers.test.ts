import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Sleepers } from '../../../src/model/guest/sleepers.js';
import { Task } from '../../../src/model/guest/task.js';

describe('Sleepers', () => {
  it.each([
    [100, 10],
    [250, 4],
    [1000, 1],
  ])('at %i Hz are due with the first jiffy not before their time, each once', (_, jiffyMs) => {
    const jiffyNs = jiffyMs * 1e6;
    const times = fc.array(
      fc.oneof(
        fc.integer({ min: 1, max: 30 * jiffyNs }),
        fc.integer({ min: 1, max: 30 }).map((jiffies) => jiffies * jiffyNs),
      ),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(times, (untilNs) => {
        const tasks = untilNs.map((_, i) => new Task(`t${i}`, i, i, 0, 0));
        const sleepers = new Sleepers(tasks, jiffyNs);
        tasks.forEach((task, i) => {
          sleepers.add(task, untilNs[i]!);
        });
        const woken = new Map<Task, number>();
        for (let jiffy = 0; jiffy <= 31; jiffy++) {
          const nowNs = jiffy * jiffyNs;
          // When an idle guest has to be woken for the next.
          const left = tasks.filter((task) => !woken.has(task));
          const next = Math.min(...left.map((task) => untilNs[tasks.indexOf(task)]!));
          expect(sleepers.nextNs < nowNs).toBe(false);
          if (left.length > 0) expect(sleepers.nextNs - next).toBeLessThan(jiffyNs);
          for (let one = sleepers.takeDue(nowNs); one !== null; one = sleepers.takeDue(nowNs)) {
            expect(woken.has(one)).toBe(false);
            woken.set(one, nowNs);
          }
        }
        tasks.forEach((task, i) => {
          const lateNs = woken.get(task)! - untilNs[i]!;
          expect(lateNs).toBeGreaterThanOrEqual(0);
          expect(lateNs).toBeLessThan(jiffyNs);
        });
      }),
    );
  });
});
