/** Domains with several VCPUs, by closed forms. */
import { describe, expect, it } from 'vitest';
import { type ProcessInput, type RunResult, simulate } from '../../../src/model/index.js';
import { cage, domain, EXACT, loop, machineInput, SECOND_NS, webLoad } from '../machine-input.js';
import { percent, perSecond } from '../readings.js';

const BOTH = [0, 1];
const on = (process: ProcessInput, vcpu: number): ProcessInput => ({ ...process, vcpu });
const loops = (name: string, count: number) =>
  Array.from({ length: count }, (_, vcpu) => on(loop(`${name}${vcpu}`, name), vcpu));
const cpu = (result: RunResult, name: string) => percent(result, `domain:${name}:cpu`);
const two = { pcpus: 2, durationNs: 20 * SECOND_NS };

describe('a domain with two VCPUs on two PCPUs', () => {
  it('has two loops run at full speed, each on its own, and its /proc adds both up', () => {
    const vm = domain('vm1', { vcpus: 2, affinity: BOTH });
    const result = simulate(
      machineInput({ ...two, domains: [domain('dom0'), vm], processes: loops('vm1', 2) }),
      1,
    );
    expect(cpu(result, 'vm1')).toBe(200);
    for (const name of ['vm10', 'vm11']) {
      expect(percent(result, `process:${name}:true`)).toBeCloseTo(100, 6);
      expect(percent(result, `process:${name}:cr3`)).toBeCloseTo(100, 6);
    }
    expect(percent(result, 'domain:vm1:proc:user')).toBeCloseTo(200, 0);
    expect(percent(result, 'idle')).toBe(0);
  });

  it.each([30, 80, 150])('keeps a cap of %i, half of it on each', (capPct) => {
    const vm = domain('vm1', { vcpus: 2, affinity: BOTH, capPct });
    const result = simulate(
      machineInput({ ...two, domains: [domain('dom0'), vm], processes: loops('vm1', 2) }),
      1,
    );
    expect(Math.abs(cpu(result, 'vm1') - capPct)).toBeLessThan(1.5);
    for (const name of ['vm10', 'vm11']) {
      expect(Math.abs(percent(result, `process:${name}:true`) - capPct / 2)).toBeLessThan(1.5);
    }
  });

  it('gets no more of one PCPU than a domain with one VCPU of the same weight', () => {
    const vm = domain('vm1', { vcpus: 2 });
    const result = simulate(
      machineInput({
        durationNs: 60 * SECOND_NS,
        hypervisor: EXACT,
        domains: [domain('dom0'), vm, domain('vm2')],
        processes: [...loops('vm1', 2), loop('other', 'vm2')],
      }),
      1,
    );
    expect(Math.abs(cpu(result, 'vm1') - 50)).toBeLessThan(2);
    expect(cpu(result, 'vm1') + cpu(result, 'vm2')).toBeCloseTo(100, 6);
  });

  it('serves its network on the first VCPU while the second loops', () => {
    const domains = [domain('dom0'), domain('vm1', { vcpus: 2, affinity: [1] })];
    const alone = simulate(webLoad(500, 'dom0', { ...two, domains }), 1);
    const spinning = [on(loop('spin', 'vm1'), 1)];
    const input = webLoad(500, 'dom0', { ...two, domains });
    const busy = simulate({ ...input, processes: [...input.processes, ...spinning] }, 1);
    const replies = (result: RunResult) => perSecond(result, 'client:httperf:replies');
    expect(replies(busy)).toBeCloseTo(replies(alone), -1);
    expect(cpu(busy, 'vm1')).toBeGreaterThan(95);
  });
});

describe('a cage of 150 around such a domain and an IDS in domain 0 that uses 40', () => {
  const ids: ProcessInput = {
    ...loop('ids', 'dom0'),
    program: 'periodic',
    runNs: 4e6,
    everyNs: 10e6,
    offsetNs: 0,
    jitter: { kind: 'none' },
    clock: 'jiffies',
    align: 'none',
  };
  const input = machineInput({
    ...two,
    pcpus: 3,
    hypervisor: EXACT,
    domains: [domain('dom0', { affinity: [0] }), domain('vm1', { vcpus: 2, affinity: [1, 2] })],
    processes: [ids, ...loops('vm1', 2)],
  });
  const inCage = (over: Parameters<typeof cage>[0]) =>
    simulate({ ...input, cages: [cage({ vms: ['vm1'], processes: ['ids'], ...over })] }, 1);

  it('leaves the VM what the IDS does not use', () => {
    const result = inCage({ capPct: 150 });
    expect(Math.abs(percent(result, 'process:ids:cr3') - 40)).toBeLessThan(1);
    expect(Math.abs(cpu(result, 'vm1') - 110)).toBeLessThan(1.5);
    expect(Math.abs(percent(result, 'cage:cage:used') - 150)).toBeLessThan(1.5);
  });

  it('takes what the IDS uses off once for each PCPU, if the total credit is that of all', () => {
    // 50% of three PCPUs.
    const result = inCage({ capPct: 50, ofAllPcpus: true });
    expect(Math.abs(cpu(result, 'vm1') - 3 * (50 - 40))).toBeLessThan(1.5);
  });
});
