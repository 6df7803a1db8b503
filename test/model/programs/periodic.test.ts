import { describe, expect, it } from 'vitest';
import { type ProcessInputOf, simulate } from '../../../src/model/index.js';
import { MAX_EXTRA_LINES } from '../../../src/model/limits.js';
import { periodicSeries } from '../../../src/model/series.js';
import { COSTS, domain, EXACT, loop, machineInput, SECOND_NS, XEN } from '../machine-input.js';
import { percent, total } from '../readings.js';

const MS = 1_000_000;

function periodic(over: Partial<ProcessInputOf<'periodic'>>): ProcessInputOf<'periodic'> {
  return {
    program: 'periodic',
    name: 'periodic',
    domain: 'vm1',
    nice: 0,
    startNs: 0,
    runNs: 2 * MS,
    everyNs: 10 * MS,
    offsetNs: 0,
    jitter: { kind: 'none' },
    clock: 'exact',
    align: 'none',
    ...over,
  };
}

/** A VM that runs for so many ms between the hypervisor's ticks, beside one that always runs. */
function thief(runMs: number, hypervisor: typeof XEN | typeof EXACT) {
  const process = periodic({ runNs: runMs * MS, offsetNs: 1000, align: 'ticks' });
  const result = simulate(
    machineInput({
      durationNs: 20 * SECOND_NS,
      hypervisor,
      domains: [domain('dom0'), domain('vm1'), domain('vm2')],
      processes: [process, loop('loop', 'vm2')],
    }),
    1,
  );
  return percent(result, 'domain:vm1:cpu');
}

describe('exact timers', () => {
  it('each have a line of their own, as many as a domain may have beside its devices', () => {
    const numbers = [...Array(MAX_EXTRA_LINES).keys()];
    const processes = numbers.map((i) =>
      periodic({ name: `p${i}`, domain: 'dom0', runNs: MS / 100, offsetNs: (i * MS) / 4 }),
    );
    const result = simulate(machineInput({ durationNs: SECOND_NS, processes }), 1);
    // One start in each of the 100 periods; the last may still be at work.
    const runs = numbers.map((i) => total(result, periodicSeries.runs(`p${i}`)));
    expect(runs.every((count) => count >= 99 && count <= 100)).toBe(true);
  });
});

describe('a VM that sleeps across the ticks', () => {
  it.each([1, 3, 5, 8, 9.5])('has %d ms of each 10 under sampled debiting', (runMs) => {
    // What no tick sees is never paid for; a look at the counter may be late by 0.05 ms.
    expect(Math.abs(thief(runMs, XEN) - 10 * runMs)).toBeLessThan(0.6);
  });

  it('goes by the ticks of the PCPU that it is on, which are late in their own way', () => {
    const process = periodic({ runNs: 8 * MS, offsetNs: 1000, align: 'ticks' });
    const result = simulate(
      machineInput({
        pcpus: 2,
        durationNs: 20 * SECOND_NS,
        costs: { ...COSTS, tickerLatenessNs: MS / 2 },
        domains: [domain('dom0'), domain('vm1', { affinity: [1], capPct: 20 })],
        processes: [process],
      }),
      1,
    );
    // A tick that hit it would be debited in full, and its cap is a quarter of what it has.
    expect(percent(result, 'domain:vm1:cpu')).toBeCloseTo(80 / 1.025, -0.5);
  });

  it('has no more than its half if it pays for the time that it runs', () => {
    expect(Math.abs(thief(9.5, EXACT) - 50)).toBeLessThan(3);
  });
});

it('a process that sleeps across the ticks of its guest hides from /proc, not from CR3', () => {
  // Alone on the machine, the guest's ticks come at whole multiples of 10 ms.
  const cheat = periodic({ name: 'cheat', offsetNs: 2 * MS, runNs: 5 * MS, nice: -20 });
  const result = simulate(
    machineInput({ durationNs: 20 * SECOND_NS, processes: [cheat, loop('honest', 'vm1')] }),
    1,
  );
  expect(percent(result, 'process:cheat:proc')).toBeLessThan(1);
  expect(percent(result, 'process:cheat:true')).toBeCloseTo(50, 0);
  expect(percent(result, 'process:honest:proc')).toBeGreaterThan(99);
  expect(percent(result, 'process:honest:true')).toBeCloseTo(50, 0);
  expect(percent(result, 'process:cheat:cr3')).toBeCloseTo(50, 0);
});

describe('a periodic process', () => {
  it('alone uses run / every of the CPU, by either clock', () => {
    for (const clock of ['jiffies', 'exact'] as const) {
      const result = simulate(
        machineInput({ processes: [periodic({ clock, runNs: 2_030_000, everyNs: 20 * MS })] }),
        1,
      );
      expect(percent(result, 'process:periodic:true')).toBeCloseTo(10.15, 6);
      expect(total(result, 'periodic:periodic:runs')).toBe(500);
    }
  });

  it('that sleeps by jiffies starts with them: every 15 ms becomes 10 and 20 in turn', () => {
    const processes = [periodic({ clock: 'jiffies', everyNs: 15 * MS })];
    const result = simulate(machineInput({ processes }), 1);
    expect(total(result, 'periodic:periodic:runs')).toBeCloseTo(10e3 / 15, -1);
  });

  it('that cannot keep up leaves out starts, and never runs twice for one', () => {
    // Beside a loop of equal weight it gets half of the CPU at most.
    const result = simulate(
      machineInput({
        durationNs: 20 * SECOND_NS,
        domains: [domain('dom0'), domain('vm1'), domain('vm2')],
        processes: [
          periodic({ clock: 'jiffies', runNs: 18 * MS, everyNs: 20 * MS }),
          loop('l', 'vm2'),
        ],
      }),
      1,
    );
    const used = percent(result, 'process:periodic:true');
    expect(used).toBeGreaterThan(40);
    expect(total(result, 'periodic:periodic:runs')).toBeLessThanOrEqual(
      Math.ceil((used * 200) / 18),
    );
  });

  /** When it began each time, in ms: alone on the machine, with runs as long as a sample. */
  function startsMs(over: Partial<ProcessInputOf<'periodic'>>, seconds = 1): number[] {
    const processes = [periodic({ name: 'it', runNs: MS, everyNs: 40 * MS, ...over })];
    const name = processes[0]!.name;
    const times = { warmupNs: 0, durationNs: seconds * SECOND_NS, sampleNs: MS };
    const { series } = simulate(machineInput({ ...times, processes }), 1);
    const used = series.find(({ key }) => key === `process:${name}:true`)!.values;
    return [...used].flatMap((ns, i) => (ns > 0 && !(used[i - 1]! > 0) ? [i + 1 - ns / MS] : []));
  }

  it('starts when its offset has passed since its own start, and every period from then on', () => {
    const times = { startNs: 5 * MS, offsetNs: 3.5 * MS, everyNs: 40 * MS };
    const due = Array.from({ length: 25 }, (_, i) => 8.5 + 40 * i);
    expect(startsMs(times)).toEqual(due);
    // Jiffies of 10 ms.
    const jiffies = due.map((ms) => 10 * Math.ceil(ms / 10));
    expect(startsMs({ ...times, clock: 'jiffies' })).toEqual(jiffies);
  });

  it('is woken by an interrupt each time, if it has an exact timer', () => {
    const costs = { ...COSTS, deviceInterruptNs: 10_000 };
    const { ledger } = simulate(machineInput({ costs, processes: [periodic({})] }), 1);
    const interrupts = ledger.filter(({ work }) => work === 'exact timer');
    // Every 10 ms of 10 s.
    expect(interrupts.map(({ context, ns }) => [context, ns])).toEqual([
      ['interrupt', 1000 * 10_000],
    ]);
  });

  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  /** How much later than due it began. */
  const delaysMs = (over: Parameters<typeof startsMs>[0]) =>
    startsMs(over, 40).map((ms, i) => ms - 40 * i);

  it.each([
    // Mean and standard deviation of either law, by its parameter; 1000 draws.
    [{ kind: 'uniform', mostNs: 7 * MS }, 3.5, 7 / Math.sqrt(12), 7],
    [{ kind: 'exponential', meanNs: 2 * MS }, 2, 2, 39],
  ] as const)('is late by the law of its jitter: %j', (jitter, meanMs, deviationMs, mostMs) => {
    const delays = delaysMs({ jitter });
    expect(delays).toHaveLength(1000);
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...delays)).toBeLessThanOrEqual(mostMs);
    expect(Math.abs(mean(delays) - meanMs)).toBeLessThan((4 * deviationMs) / Math.sqrt(1000));
    const variance = mean(delays.map((ms) => (ms - meanMs) ** 2));
    expect(Math.sqrt(variance) / deviationMs).toBeCloseTo(1, 0.7);
    // Each process draws for itself.
    expect(delaysMs({ jitter, name: 'other' })).not.toEqual(delays);
  });
});
