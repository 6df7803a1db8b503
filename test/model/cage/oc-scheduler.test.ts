import { describe, expect, it } from 'vitest';
import { type CageInput, type ModelInput, simulate } from '../../../src/model/index.js';
import { cage, domain, loop, machineInput, SECOND_NS, webLoad } from '../machine-input.js';
import { percent } from '../readings.js';

const LONG = { durationNs: 30 * SECOND_NS };

/** A machine for 30 s on which loops stand for whatever uses the CPU: all that they get. */
function looped(over: Partial<ModelInput>): ModelInput {
  return machineInput({ ...LONG, ...over });
}

describe('a cage', () => {
  it('of a VM alone is a cap', () => {
    const result = simulate(
      looped({ processes: [loop('loop', 'vm1')], cages: [cage({ vms: ['vm1'], capPct: 35 })] }),
      1,
    );
    expect(percent(result, 'domain:vm1:cpu')).toBeCloseTo(35, 0);
  });

  it('whose processes use all of its cap leaves nothing to its VM: 0 is no credit', () => {
    const result = simulate(
      looped({
        processes: [loop('ids', 'dom0'), loop('loop', 'vm1')],
        cages: [cage({ vms: ['vm1'], processes: ['ids'], capPct: 40 })],
      }),
      1,
    );
    expect(percent(result, 'domain:vm1:cpu')).toBeLessThan(1);
    expect(percent(result, 'process:ids:cr3')).toBeGreaterThan(99);
  });

  it('that only records changes nothing', () => {
    const load = webLoad(4000, 'dom0');
    const recorded = webLoad(4000, 'dom0', {
      cages: [cage({ vms: ['vm1'], processes: ['snort'], capPct: 50, enforce: false })],
    });
    expect(simulate(recorded, 1).ledger).toEqual(simulate(load, 1).ledger);
  });

  it("does not take off a process that runs inside its own VM: its time is the VM's", () => {
    const inside = (processes: string[]) =>
      webLoad(4000, 'vm1', { cages: [cage({ vms: ['vm1'], processes, capPct: 50 })] });
    expect(simulate(inside(['snort']), 1).ledger).toEqual(simulate(inside([]), 1).ledger);
  });

  it('with a weight alone takes the use of its processes off its share', () => {
    const shares = (processes: string[]) => {
      const result = simulate(
        looped({
          domains: [domain('dom0', { capPct: 20 }), domain('vm1'), domain('vm2')],
          processes: [loop('ids', 'dom0'), loop('one', 'vm1'), loop('two', 'vm2')],
          cages: [cage({ vms: ['vm1'], processes, weight: 256 })],
        }),
        1,
      );
      return [percent(result, 'domain:vm1:cpu'), percent(result, 'domain:vm2:cpu')] as const;
    };
    const [alone, neighbour] = shares([]);
    expect(Math.abs(alone - neighbour)).toBeLessThan(1);
    const [caged, other] = shares(['ids']);
    expect(other - caged).toBeGreaterThan(10);
  });

  it('with a cap alone leaves the VMs what their own weights give them', () => {
    // Its own weight would give the VM more than the 70 - 30 that the cap leaves; the cage's, a
    // third at most, and 30 less.
    const share = (weight: number) =>
      percent(
        simulate(
          looped({
            domains: [
              domain('dom0', { capPct: 30 }),
              domain('vm1', { weight: 1024 }),
              domain('vm2'),
            ],
            processes: [loop('ids', 'dom0'), loop('one', 'vm1'), loop('two', 'vm2')],
            cages: [cage({ vms: ['vm1'], processes: ['ids'], capPct: 70, weight })],
          }),
          1,
        ),
        'domain:vm1:cpu',
      );
    expect(share(0)).toBeGreaterThan(38);
    expect(share(256)).toBeLessThan(25);
  });

  it('shares what it leaves among several VMs by their weights', () => {
    const result = simulate(
      looped({
        domains: [domain('dom0'), domain('a', { weight: 100 }), domain('b', { weight: 300 })],
        processes: [loop('one', 'a'), loop('two', 'b')],
        cages: [cage({ vms: ['a', 'b'], capPct: 60 })],
      }),
      1,
    );
    expect(percent(result, 'domain:a:cpu')).toBeCloseTo(15, 0);
    expect(percent(result, 'domain:b:cpu')).toBeCloseTo(45, 0);
    expect(percent(result, 'cage:cage:used')).toBeCloseTo(60, 0);
  });

  it('overshoots with an undamped window, as a loop gain above 1 must', () => {
    const used = (idsWindow: Parameters<typeof cage>[0]['idsWindow']) => {
      const caged = cage({ vms: ['vm1'], processes: ['snort'], capPct: 50, idsWindow: idsWindow! });
      return percent(
        simulate(webLoad(4000, 'dom0', { ...LONG, cages: [caged] }), 1),
        'cage:cage:used',
      );
    };
    expect(used({ kind: 'period' })).toBeGreaterThan(used({ kind: 'ema', weight: 0.3 }) + 2);
  });

  it('counts kernel threads and softirqs in CR3 time, and leaves them out when told to', () => {
    const counted = (counts: CageInput['counts']) => {
      const caged = cage({ vms: ['vm1'], processes: ['snort'], capPct: 50, counts });
      return simulate(webLoad(4000, 'dom0', { ...LONG, cages: [caged] }), 1);
    };
    const cr3 = counted('cr3');
    const own = counted('own');
    const noThreads = counted('no-kernel-threads');
    expect(percent(cr3, 'cage:cage:used')).toBeCloseTo(
      percent(cr3, 'domain:vm1:cpu') + percent(cr3, 'process:snort:cr3'),
      6,
    );
    expect(percent(own, 'cage:cage:used')).toBeCloseTo(
      percent(own, 'domain:vm1:cpu') + percent(own, 'process:snort:true'),
      6,
    );
    expect(percent(own, 'domain:vm1:cpu')).toBeGreaterThan(percent(cr3, 'domain:vm1:cpu'));
    const { ledger, samples, sampleNs } = noThreads;
    const ofThreads = ledger.filter(
      ({ cr3: space, task }) => space === 'snort' && task !== 'snort',
    );
    const threadsNs = ofThreads
      .filter(({ task }) => task !== 'idle')
      .reduce((sum, { ns }) => sum + ns, 0);
    const threads = (100 * threadsNs) / (samples * sampleNs);
    expect(threads).toBeGreaterThan(0.1);
    expect(percent(noThreads, 'cage:cage:used')).toBeCloseTo(
      percent(noThreads, 'domain:vm1:cpu') + percent(noThreads, 'process:snort:cr3') - threads,
      6,
    );
  });
});
