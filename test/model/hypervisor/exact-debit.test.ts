import { describe, expect, it } from 'vitest';
import { simulate } from '../../../src/model/index.js';
import { domain, EXACT, loop, machineInput, SECOND_NS, webLoad } from '../machine-input.js';
import { percent } from '../readings.js';

describe('debiting by run time', () => {
  it.each([10, 30, 50, 90])('holds a loop to its cap of %i', (capPct) => {
    const result = simulate(
      machineInput({
        hypervisor: EXACT,
        durationNs: 30 * SECOND_NS,
        domains: [domain('dom0'), domain('vm1', { capPct })],
        processes: [loop('loop', 'vm1')],
      }),
      1,
    );
    expect(Math.abs(percent(result, 'domain:vm1:cpu') - capPct)).toBeLessThan(1);
  });

  it('shares the PCPU by weight', () => {
    const result = simulate(
      machineInput({
        hypervisor: EXACT,
        durationNs: 60 * SECOND_NS,
        domains: [domain('dom0'), domain('a', { weight: 256 }), domain('b', { weight: 512 })],
        processes: [loop('loopA', 'a'), loop('loopB', 'b')],
      }),
      1,
    );
    expect(percent(result, 'domain:a:cpu')).toBeCloseTo(100 / 3, 0);
  });

  it('holds a cap more closely than whole ticks do, for a guest that sleeps and wakes', () => {
    const above = (debit: 'sampled' | 'exact') => {
      const uses = [1, 2, 3].map((seed) => {
        const domains = [domain('dom0'), domain('vm1', { capPct: 20 })];
        return percent(
          simulate(webLoad(4000, 'dom0', { hypervisor: { ...EXACT, debit }, domains }), seed),
          'domain:vm1:cpu',
        );
      });
      return Math.max(...uses.map((use) => Math.abs(use - 20)));
    };
    expect(above('exact')).toBeLessThan(0.5);
    expect(above('exact')).toBeLessThan(above('sampled'));
  });
});
