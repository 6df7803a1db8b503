import { describe, expect, it } from 'vitest';
import { Clock } from '../../../src/model/engine/clock.js';
import { SchedClock } from '../../../src/model/guest/sched-clock.js';
import { CfsRunQueue } from '../../../src/model/guest/scheduling/cfs-run-queue.js';
import { Task } from '../../../src/model/guest/task.js';
import { endless, LoneGuest, MS, type Program } from './lone-guest.js';

const END_NS = 60_000 * MS;

/** Shares of the CPU that endless loops of these nice values get. */
function shares(nices: readonly number[]): number[] {
  const guest = new LoneGuest(
    nices.map((nice) => ({ program: endless, nice })),
    { scheduler: 'cfs', accounting: 'cfs' },
  );
  guest.runUntil(END_NS);
  return nices.map((_, i) => guest.usedNs(i) / END_NS);
}

describe('CfsRunQueue', () => {
  it('shares the CPU among equals', () => {
    for (const share of shares([0, 0, 0])) expect(share).toBeCloseTo(1 / 3, 2);
  });

  // Linux's weights: nice 0 is 1024, nice 5 is 335, nice -5 is 3121, nice 19 is 15.
  it.each([
    [5, 1024 / (1024 + 335)],
    [-5, 1024 / (1024 + 3121)],
    [19, 1024 / (1024 + 15)],
  ])('gives nice 0 beside nice %i its share by weight', (nice, expected) => {
    expect(shares([0, nice])[0]).toBeCloseTo(expected, 2);
  });

  it("shares what a stolen VCPU has: stolen time is nobody's run time", () => {
    const guest = new LoneGuest([{ program: endless }, { program: endless }], {
      scheduler: 'cfs',
      accounting: 'cfs',
    });
    for (let ns = 0; ns < END_NS; ns += 60 * MS) guest.takeAway(ns, ns + 45 * MS);
    guest.runUntil(END_NS);
    expect(guest.usedNs(0) / END_NS).toBeCloseTo(1 / 8, 2);
    expect(guest.usedNs(1) / END_NS).toBeCloseTo(1 / 8, 2);
  });

  it('lets a task that sleeps most of the time have what it asks for', () => {
    let k = 0;
    let running = false;
    const bursts: Program = (guest, task) => {
      running = !running;
      if (running && k > 0) return 2 * MS;
      running = false;
      guest.deviceWakes(task, ++k * 50 * MS);
      return 0;
    };
    const guest = new LoneGuest([{ program: bursts }, { program: endless }], {
      scheduler: 'cfs',
      accounting: 'cfs',
    });
    guest.runUntil(END_NS);
    // 2 ms in every 50 ms is 4%; but for the last, each burst was done before the next was due.
    expect(guest.usedNs(0) / END_NS).toBeCloseTo(0.04, 3);
  });

  it('does not let a long sleep be saved up', () => {
    let slept = false;
    const late: Program = (guest, task) => {
      if (slept) return 1_000 * MS;
      slept = true;
      guest.kernel.sleepUntil(task, END_NS / 2);
      return 0;
    };
    const guest = new LoneGuest([{ program: late }, { program: endless }], {
      scheduler: 'cfs',
      accounting: 'cfs',
    });
    guest.runUntil(END_NS);
    // Half of the second half, not all of it.
    expect(guest.usedNs(0) / END_NS).toBeCloseTo(0.25, 2);
  });

  it('makes a new task wait for a slice, so that nobody gains by starting new ones', () => {
    const startNs = 5_001 * MS;
    let beganNs = 0;
    const noted: Program = ({ clock }) => {
      beganNs ||= clock.nowNs;
      return 1_000 * MS;
    };
    const guest = new LoneGuest([{ program: endless }, { program: noted, startNs }], {
      scheduler: 'cfs',
      accounting: 'cfs',
    });
    guest.runUntil(END_NS);
    // Half of the latency of 20 ms is the slice of one of two. The loop has run for it at
    // 5011 ms, which the tick after that sees.
    expect(beganNs).toBe(5_020 * MS);
  });
});

/** Linux 2.6.24 on one CPU: `sysctl_sched_latency` and its companions. */
describe('granularities', () => {
  const LATENCY_MS = 20;
  const WAKEUP_MS = 10;

  /** So many tasks of nice 0; the first of them runs, and all have run as long as it. */
  function queued(count: number, nices: readonly number[] = []) {
    const clock = new Clock();
    const times = { stolenNs: () => 0, blockedNs: () => 0 };
    const queue = new CfsRunQueue(new SchedClock(clock, times, 0, true));
    const tasks = Array.from(
      { length: count },
      (_, i) => new Task(`t${i}`, i + 1, i + 1, nices[i] ?? 0, 0),
    );
    const idle = new Task('idle', 0, 0, 0, 0);
    for (const task of tasks) queue.wake(task, idle);
    for (const task of tasks) task.vruntimeNs = 0;
    const running = tasks[0]!;
    queue.runs(running);
    return { clock, queue, tasks, running };
  }

  it.each([
    [2, 10],
    [4, 5],
    // From five on the period grows, so that nobody has less than 4 ms.
    [5, 4],
    [8, 4],
    [20, 4],
  ])('among %d equals the one that runs has its turn for %d ms', (count, sliceMs) => {
    const { clock, queue, running } = queued(count);
    clock.nowNs = sliceMs * MS;
    expect(queue.tick(running)).toBe(false);
    clock.nowNs = sliceMs * MS + 1;
    expect(queue.tick(running)).toBe(true);
  });

  it('a heavier task has its part of the period by weight', () => {
    const { clock, queue, running } = queued(2, [-5, 0]);
    const sliceNs = (LATENCY_MS * MS * 3121) / (3121 + 1024);
    clock.nowNs = Math.floor(sliceNs);
    expect(queue.tick(running)).toBe(false);
    clock.nowNs = Math.ceil(sliceNs);
    expect(queue.tick(running)).toBe(true);
  });

  it('one that is alone is never asked to go', () => {
    const { clock, queue, running } = queued(1);
    clock.nowNs = 1_000 * MS;
    expect(queue.tick(running)).toBe(false);
  });

  it('one that wakes preempts who is more than 10 ms of run time ahead', () => {
    const preempts = (aheadNs: number) => {
      const { clock, queue, tasks, running } = queued(2);
      const sleeper = tasks[1]!;
      queue.remove(sleeper);
      clock.nowNs = 1_000 * MS;
      queue.tick(running);
      sleeper.vruntimeNs = running.vruntimeNs - aheadNs;
      return queue.wake(sleeper, running);
    };
    expect(preempts(WAKEUP_MS * MS)).toBe(false);
    expect(preempts(WAKEUP_MS * MS + 1)).toBe(true);
    expect(preempts(0)).toBe(false);
  });

  it('one that slept long is put a latency before the others, and no further', () => {
    const { clock, queue, tasks, running } = queued(2);
    const sleeper = tasks[1]!;
    queue.remove(sleeper);
    clock.nowNs = 1_000 * MS;
    queue.wake(sleeper, running);
    expect(running.vruntimeNs - sleeper.vruntimeNs).toBe(LATENCY_MS * MS);
  });

  it('one that slept for a moment keeps what it has run', () => {
    const { clock, queue, tasks, running } = queued(2);
    const sleeper = tasks[1]!;
    queue.remove(sleeper);
    clock.nowNs = 30 * MS;
    queue.tick(running);
    sleeper.vruntimeNs = 29 * MS;
    queue.wake(sleeper, running);
    expect(sleeper.vruntimeNs).toBe(29 * MS);
  });

  it('a new one is put a slice behind the others', () => {
    const { clock, queue, running } = queued(1);
    clock.nowNs = 1_000 * MS;
    const fresh = new Task('fresh', 9, 9, 0, 0);
    queue.wake(fresh, running);
    expect(fresh.vruntimeNs - running.vruntimeNs).toBe((LATENCY_MS * MS) / 2);
  });
});
