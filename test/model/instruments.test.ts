import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulate, simulateReadings, withoutInstruments } from '../../src/model/index.js';
import type { DomainInput, ModelInput } from '../../src/model/input.js';
import { domain, SECOND_NS, webLoad } from './machine-input.js';

type Instruments = Pick<DomainInput, 'accounting' | 'procTotal'>;

const SCHEDULERS = ['o1-2.6.16', 'o1-2.6.18', 'cfs'] as const;
const ACCOUNTINGS = ['o1', 'o1-steal', 'cfs', 'cfs-hvm'] as const;
const PROC_TOTALS = ['all-columns', 'without-steal'] as const;

/** A VM that serves pages beside its Snort, and competes with domain 0 for the one PCPU. */
function watchedServer(scheduler: DomainInput['scheduler'], instruments: Instruments): ModelInput {
  return webLoad(3000, 'vm1', {
    durationNs: SECOND_NS,
    sampleNs: SECOND_NS / 4,
    domains: [domain('dom0', instruments), domain('vm1', { scheduler, ...instruments })],
  });
}

describe('readings of one run', () => {
  const instruments = fc.record({
    accounting: fc.constantFrom(...ACCOUNTINGS),
    procTotal: fc.constantFrom(...PROC_TOTALS),
  });

  it('are what each instrument alone reads, if the inputs are equal without them', () => {
    const several = fc.array(instruments, { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...SCHEDULERS), several, fc.nat(9), (scheduler, all, seed) => {
        const [first, ...others] = all.map((one) => watchedServer(scheduler, one));
        const bare = withoutInstruments(first!);
        const alike = others.filter((other) => {
          return JSON.stringify(withoutInstruments(other)) === JSON.stringify(bare);
        });
        const readings = [first!, ...alike];
        const alone = readings.map((input) => simulate(input, seed));
        expect(simulateReadings(readings, seed)).toEqual(alone);
      }),
      { numRuns: 12 },
    );
  });

  it('differ where the paper says that they do: a sleeper in ticks and in switches', () => {
    const readings = ACCOUNTINGS.map((accounting) =>
      watchedServer('o1-2.6.16', { accounting, procTotal: 'all-columns' }),
    );
    const charged = simulateReadings(readings, 1).map(
      ({ series }) => series.find(({ key }) => key === 'process:snort:proc')?.values,
    );
    expect(new Set(charged.map(String)).size).toBe(ACCOUNTINGS.length);
  });

  it('are not merged where a scheduler asks a clock that knows of stolen time or not', () => {
    const bare = (accounting: DomainInput['accounting'], scheduler: DomainInput['scheduler']) =>
      JSON.stringify(
        withoutInstruments(watchedServer(scheduler, { accounting, procTotal: 'all-columns' })),
      );
    expect(bare('cfs', 'cfs')).not.toBe(bare('cfs-hvm', 'cfs'));
    expect(bare('cfs', 'cfs')).toBe(bare('o1', 'cfs'));
    expect(bare('cfs', 'o1-2.6.16')).toBe(bare('cfs-hvm', 'o1-2.6.16'));
  });

  it('are not merged where containers ask that clock, whatever the process scheduler', () => {
    const half = { name: 'half', parent: null, sharePct: 50, limitPct: 0, windowNs: SECOND_NS };
    const bare = (accounting: DomainInput['accounting']) => {
      const input = watchedServer('o1-2.6.16', { accounting, procTotal: 'all-columns' });
      const containers = [{ ...half, processes: ['web'], clients: [] }];
      const scheduler = { policy: 'containers', containers, within: 'o1-2.6.16' } as const;
      const domains = input.domains.map((one) => ({ ...one, scheduler }));
      return JSON.stringify(withoutInstruments({ ...input, domains }));
    };
    expect(bare('o1')).toBe(bare('cfs'));
    expect(bare('o1')).not.toBe(bare('cfs-hvm'));
  });
});
