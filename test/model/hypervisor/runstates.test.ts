/** Where the time of VCPUs goes, by closed forms. */
import { expect, it } from 'vitest';
import { type ProcessInputOf, type RunResult, simulate } from '../../../src/model/index.js';
import { domain, loop, machineInput } from '../machine-input.js';
import { percent } from '../readings.js';

const MS = 1e6;

const works = (domainName: string): ProcessInputOf<'periodic'> => ({
  program: 'periodic',
  name: `work-${domainName}`,
  domain: domainName,
  nice: 0,
  startNs: 0,
  runNs: 2 * MS,
  everyNs: 100 * MS,
  offsetNs: 0,
  jitter: { kind: 'none' },
  clock: 'jiffies',
  align: 'none',
});

/** Of the named domains, in ms of each period. */
function perPeriod({ runstates }: RunResult, names: readonly string[]) {
  return names.map((name) => {
    const { runningNs, runnableNs, blockedNs, offlineNs } = runstates.find(
      (row) => row.domain === name,
    )!;
    return [runningNs, runnableNs, blockedNs, offlineNs].map((ns) => ns / (100 * MS));
  });
}

it('VCPUs that wake in one instant wait for one another, however many they are', () => {
  const names = ['a', 'b', 'c', 'd'];
  const result = simulate(
    machineInput({
      domains: [domain('dom0'), ...names.map((name) => domain(name))],
      processes: names.map(works),
    }),
    1,
  );
  const found = perPeriod(result, names).sort((one, other) => one[1]! - other[1]!);
  expect(found).toEqual([0, 2, 4, 6].map((waitsMs) => [2, waitsMs, 98 - waitsMs, 0]));
});

it('a VCPU that waits is runnable, one that has used up its cap is offline', () => {
  const run = (capPct: number) =>
    simulate(
      machineInput({
        domains: [domain('dom0'), domain('a', { capPct }), domain('b')],
        processes: [loop('loop-a', 'a'), loop('loop-b', 'b')],
      }),
      1,
    );
  const [[running, runnable, blocked, offline]] = perPeriod(run(0), ['a']) as [number[]];
  expect(running).toBeCloseTo(50, -0.5);
  expect([runnable! + running!, blocked, offline]).toEqual([100, 0, 0]);
  const [[capped, waiting, slept, parked]] = perPeriod(run(20), ['a']) as [number[]];
  expect(capped).toBeCloseTo(20, -0.5);
  expect(slept).toBe(0);
  // It waits for a slice of the other at most, and is parked for the rest.
  expect(waiting).toBeLessThan(parked!);
  expect(capped! + waiting! + parked!).toBeCloseTo(100, 9);
});

it('a VCPU that has nothing to do is blocked from the start', () => {
  const result = simulate(machineInput({ warmupNs: 0 }), 1);
  expect(perPeriod(result, ['dom0', 'vm1'])).toEqual([
    [0, 0, 100, 0],
    [0, 0, 100, 0],
  ]);
});

it('a tick comes before what ends at its instant: it finds who has run up to it', () => {
  // Ten milliseconds of each twenty, from one tick of its kernel to the next.
  const whole = { ...works('vm1'), runNs: 10 * MS, everyNs: 20 * MS };
  const result = simulate(machineInput({ processes: [whole] }), 1);
  expect(percent(result, 'process:work-vm1:true')).toBe(50);
  expect(percent(result, 'process:work-vm1:proc')).toBe(50);
});
