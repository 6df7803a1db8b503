import { expect, it } from 'vitest';
import { type ProcessInputOf, simulate } from '../../../src/model/index.js';
import { domain, EXACT, loop, machineInput, SECOND_NS } from '../machine-input.js';
import { percent } from '../readings.js';

function batch(workS: number, over: Partial<ProcessInputOf<'batch'>> = {}) {
  const job = { program: 'batch', name: 'job', domain: 'vm1', nice: 0, startNs: 0 } as const;
  return { ...job, workNs: workS * SECOND_NS, ...over };
}

function makespanS(...[input]: Parameters<typeof machineInput>): number | null {
  const fact = simulate(machineInput(input), 1).facts.find(
    ({ key }) => key === 'batch:job:makespan',
  );
  return fact!.ns === null ? null : fact!.ns / SECOND_NS;
}

it('a job alone takes what it needs, counted from its own start', () => {
  expect(makespanS({ processes: [batch(3)] })).toBe(3);
  expect(makespanS({ processes: [batch(3, { startNs: 2 * SECOND_NS })] })).toBe(3);
});

it('a job under a cap of 20% takes five times as long', () => {
  const domains = [domain('dom0'), domain('vm1', { capPct: 20 })];
  const tookS = makespanS({ domains, processes: [batch(2)], hypervisor: EXACT });
  expect(tookS).toBeCloseTo(10, 0);
});

it('a job beside an equal loop takes twice as long', () => {
  const domains = [domain('dom0'), domain('vm1'), domain('vm2')];
  const tookS = makespanS({ domains, processes: [batch(4), loop('loop', 'vm2')] });
  expect(tookS! / 4).toBeCloseTo(2, 1);
});

it('a job that has not ended has no makespan; one that has uses nothing more', () => {
  expect(makespanS({ processes: [batch(60)] })).toBe(null);
  const result = simulate(machineInput({ warmupNs: SECOND_NS, processes: [batch(3)] }), 1);
  // Two of its three seconds are after the warm-up, of ten that are measured.
  expect(percent(result, 'process:job:true')).toBe(20);
});
