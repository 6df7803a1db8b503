import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../../../src/model/index.js';
import type { AccountingInput, ProcTotalInput } from '../../../../src/model/input.js';
import { domain, files, loop, machineInput, tripwire } from '../../machine-input.js';
import { total } from '../../readings.js';
import { endless, type LoneGuest, MS, type Program } from '../lone-guest.js';
import { guest } from './accounting-guest.js';

const JIFFY_NS = 10 * MS;
const ALL: readonly AccountingInput[] = ['o1', 'o1-steal', 'cfs', 'cfs-hvm'];

describe('a loop whose VCPU has half of the PCPU', () => {
  const endNs = 30_000 * MS;

  function halved(accounting: AccountingInput): LoneGuest {
    const one = guest(accounting, [endless]);
    for (let ns = 30 * MS; ns < endNs; ns += 60 * MS) one.takeAway(ns, ns + 30 * MS);
    one.runUntil(endNs);
    expect(one.usedNs(0)).toBe(endNs / 2);
    return one;
  }

  it.each(['o1', 'cfs-hvm'] as const)('seems to have all of it under %s', (accounting) => {
    expect(halved(accounting).chargedNs(0) / endNs).toBeCloseTo(1, 2);
  });

  it.each(['o1-steal', 'cfs'] as const)('has half of it under %s', (accounting) => {
    const one = halved(accounting);
    expect(one.chargedNs(0) / endNs).toBeCloseTo(0.5, 2);
    expect(one.stat().steal / endNs).toBeCloseTo(0.5, 2);
    expect(one.stat().user / endNs).toBeCloseTo(0.5, 2);
  });
});

describe('reading /proc', () => {
  it.each(ALL)('changes nothing in what it shows later, under %s', (accounting) => {
    const shown = (sampleNs: number) => {
      const vm = domain('vm1', { accounting, scheduler: 'o1-2.6.16', capPct: 40 });
      const result = simulate(
        machineInput({
          sampleNs,
          domains: [domain('dom0'), vm],
          processes: [tripwire('vm1', files(500, 60_000)), loop('other', 'dom0')],
        }),
        1,
      );
      const keys = ['user', 'system', 'softirq', 'steal', 'idle'].map(
        (c) => `domain:vm1:proc:${c}`,
      );
      return [...keys, 'process:tripwire:proc', 'process:tripwire:cr3'].map((key) =>
        total(result, key),
      );
    };
    expect(shown(20 * MS)).toEqual(shown(2_000 * MS));
  });
});

describe('/proc/stat', () => {
  const gaps = fc.array(fc.integer({ min: 1, max: 80 * MS }), { minLength: 2, maxLength: 40 });

  it.each(ALL)(
    'adds up to wall time, less what is not a whole jiffy yet, under %s',
    (accounting) => {
      fc.assert(
        fc.property(gaps, fc.integer({ min: MS / 10, max: 30 * MS }), (lengths, runNs) => {
          const sleeps: Program = ({ clock, kernel }, task) => {
            if (clock.nowNs % (7 * MS) < 4 * MS) return runNs;
            kernel.sleepUntil(task, clock.nowNs + runNs);
            return 0;
          };
          const one = guest(accounting, [sleeps]);
          let ns = 0;
          lengths.forEach((length, i) => {
            if (i % 2 === 1) one.takeAway(ns, ns + length);
            ns += length;
          });
          one.runUntil(ns + 50 * MS);
          const sum = Object.values(one.stat()).reduce((a, b) => a + b, 0);
          // At most a jiffy since the last tick, and a remainder each of stolen and blocked time.
          expect(sum).toBeLessThanOrEqual(ns + 50 * MS);
          expect(sum).toBeGreaterThan(ns + 50 * MS - 4 * JIFFY_NS);
        }),
      );
    },
  );

  it.each(ALL)('has idle time as idle under %s', (accounting) => {
    const one = guest(accounting, [
      ({ kernel }, task) => {
        kernel.sleepUntil(task, 10_000 * MS);
        return 0;
      },
    ]);
    one.runUntil(5_000 * MS);
    expect(one.stat().idle).toBe(5_000 * MS);
    expect(one.chargedNs(0)).toBe(0);
  });
});

describe('what a tick finds', () => {
  /** Ledger kind of a kernel's upkeep, as `LoneGuest` has it. */
  const KERNEL = 1;

  it.each([
    [0, 1],
    [3, 8],
    [7, 4],
    [1, 0.1],
  ])('is system time for %d ms owed in a call, user time for the %d ms after it', (owed, own) => {
    // A unit of work is no divisor of the jiffy: ticks take all phases of it evenly.
    const calls: Program = ({ kernel }) => {
      kernel.owe(KERNEL, owed * MS);
      return own * MS;
    };
    const one = guest('o1', [calls]);
    one.runUntil(50_000 * MS);
    const { user, system, idle } = one.stat();
    expect(idle).toBe(0);
    expect(system / (user + system)).toBeCloseTo(owed / (owed + own), 2);
  });

  it('is softirq time while one runs, and charged to the task below it', () => {
    const one = guest('o1', [endless]);
    const { softirqs } = one.kernel;
    const number = softirqs.open({ begin: () => 23 * MS, finish: () => undefined });
    one.inInterrupt(105 * MS, () => softirqs.raise(number));
    one.runUntil(200 * MS);
    // From 105 to 128 ms, with the ticks at 110 and 120.
    expect(one.stat()).toEqual({
      user: 180 * MS,
      system: 0,
      softirq: 20 * MS,
      steal: 0,
      idle: 0,
    });
    expect(one.chargedNs(0)).toBe(200 * MS);
  });

  it('is softirq time even if the guest was idle', () => {
    const one = guest('o1', []);
    const { softirqs } = one.kernel;
    const number = softirqs.open({ begin: () => 23 * MS, finish: () => undefined });
    one.inInterrupt(105 * MS, () => softirqs.raise(number));
    one.runUntil(1_000 * MS);
    expect(one.stat().softirq).toBe(20 * MS);
  });
});

describe('a VCPU that is parked', () => {
  it('is stolen from, as one is that waits: a loop under a cap of 40% has 60% steal', () => {
    const vm = domain('vm1', { accounting: 'o1-steal', capPct: 40 });
    const input = machineInput({
      durationNs: 30_000 * MS,
      domains: [domain('dom0'), vm],
      processes: [loop('loop', 'vm1')],
    });
    const result = simulate(input, 1);
    // There is no other work: all that it lacks, the hypervisor keeps from it.
    const [of] = result.runstates.filter((one) => one.domain === 'vm1');
    expect(of!.offlineNs / 30_000 / MS).toBeCloseTo(0.6, 1);
    const share = (column: string) => total(result, `domain:vm1:proc:${column}`) / 30_000 / MS;
    expect(share('steal')).toBeCloseTo((of!.offlineNs + of!.runnableNs) / 30_000 / MS, 2);
    expect(share('user')).toBeCloseTo(of!.runningNs / 30_000 / MS, 2);
    expect(share('idle')).toBe(0);
  });
});

describe('a loop that has half of the CPU, as its tools show it', () => {
  const shown = (accounting: AccountingInput, procTotal: ProcTotalInput) => {
    const domains = ['vm1', 'vm2'].map((name) => domain(name, { accounting, procTotal }));
    const result = simulate(
      machineInput({
        durationNs: 30_000 * MS,
        domains: [domain('dom0'), ...domains],
        processes: [loop('loop1', 'vm1'), loop('loop2', 'vm2')],
      }),
      1,
    );
    return total(result, 'process:loop1:proc') / total(result, 'domain:vm1:proc:total');
  };

  it.each([
    // The time that passes, half of which is stolen.
    ['o1-steal', 'all-columns', 0.5],
    ['cfs', 'all-columns', 0.5],
    // Without the stolen half, it is all that there is.
    ['o1-steal', 'without-steal', 1],
    ['cfs', 'without-steal', 1],
    // A kernel that knows of no stolen time has nothing to leave out.
    ['o1', 'all-columns', 1],
    ['o1', 'without-steal', 1],
    ['cfs-hvm', 'all-columns', 1],
    ['cfs-hvm', 'without-steal', 1],
  ] as const)('%s, %s: %d', (accounting, procTotal, expected) => {
    expect(shown(accounting, procTotal)).toBeCloseTo(expected, 1);
  });
});

describe('a guest that is busy at each tick, and idle for 4 ms between them', () => {
  /** Runs from 3 ms before each tick to 3 ms after it, when a device wakes it. */
  const spansTicks: Program = (host, task) => {
    const { nowNs } = host.clock;
    if (nowNs % JIFFY_NS === 7 * MS) return 6 * MS;
    host.deviceWakes(task, nowNs + (nowNs === 0 ? 7 : 4) * MS);
    return 0;
  };

  it.each([
    ['o1', 1],
    ['o1-steal', 0.6],
  ] as const)('has its idle time taken off or charged, too: %s shows %d', (accounting, shown) => {
    const one = guest(accounting, [spansTicks]);
    one.runUntil(9_000 * MS);
    expect(one.usedNs(0) / 9_000 / MS).toBeCloseTo(0.6, 2);
    expect(one.stat().user / 9_000 / MS).toBeCloseTo(shown, 2);
    expect(one.stat().idle / 9_000 / MS).toBeCloseTo(1 - shown, 2);
    expect(one.chargedNs(0)).toBe(one.stat().user);
  });

  it('hears of it from the hypervisor', () => {
    const process = {
      program: 'periodic',
      name: 'periodic',
      domain: 'vm1',
      nice: 0,
      startNs: 0,
      runNs: 6 * MS,
      everyNs: JIFFY_NS,
      offsetNs: 7 * MS,
      jitter: { kind: 'none' },
      clock: 'exact',
      align: 'none',
    } as const;
    const domains = [domain('dom0'), domain('vm1', { accounting: 'o1-steal' })];
    const result = simulate(machineInput({ domains, processes: [process] }), 1);
    expect(total(result, 'domain:vm1:proc:idle') / 10_000 / MS).toBeCloseTo(0.4, 1);
    expect(total(result, 'domain:vm1:proc:user') / 10_000 / MS).toBeCloseTo(0.6, 1);
  });
});

describe('a guest that was stolen from', () => {
  it('shows stolen time when it is read, even if it is idle since', () => {
    let runs = 0;
    const once: Program = ({ kernel }, task) => {
      if (runs++ === 0) return 6 * MS;
      kernel.sleepUntil(task, 1_000 * MS);
      return 0;
    };
    const one = guest('o1-steal', [once]);
    one.takeAway(3 * MS, 28 * MS);
    one.runUntil(60 * MS);
    // 25 ms stolen and 29 blocked, of which two whole jiffies each; 6 ms of its own are none.
    expect(one.stat().steal).toBe(20 * MS);
    expect(one.stat().idle).toBe(20 * MS);
  });

  it('shows what no tick has seen yet, too', () => {
    let runs = 0;
    const once: Program = ({ kernel }, task) => {
      if (runs++ === 0) return 14 * MS;
      kernel.sleepUntil(task, 1_000 * MS);
      return 0;
    };
    const one = guest('o1-steal', [once]);
    // Four ms before each of two ticks, and four after them: only with those it is a jiffy.
    for (const ms of [1, 11, 21]) one.takeAway(ms * MS, (ms + 4) * MS);
    one.runUntil(25.5 * MS);
    expect(one.stat().steal).toBe(0);
    one.runUntil(27 * MS);
    expect(one.stat().steal).toBe(10 * MS);
  });
});
