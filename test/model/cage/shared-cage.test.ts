/** Several VMs in one cage: what one of them leaves, the others get. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CageInput,
  type DomainInput,
  type ModelInput,
  type ProcessInput,
  type RunResult,
  simulate,
} from '../../../src/model/index.js';
import { cage, domain, EXACT, loop, machineInput, SECOND_NS } from '../machine-input.js';
import { percent } from '../readings.js';

const MS = 1_000_000;

/** Uses so many percent of a PCPU, a little at a time. */
function light(domainName: string, usePct: number, everyMs = 50): ProcessInput {
  return {
    program: 'periodic',
    name: `light-${domainName}`,
    domain: domainName,
    nice: 0,
    startNs: 0,
    runNs: Math.round((usePct / 100) * everyMs * MS),
    everyNs: everyMs * MS,
    offsetNs: 0,
    jitter: { kind: 'uniform', mostNs: (everyMs / 5) * MS },
    clock: 'jiffies',
    align: 'none',
  };
}

function busy(domainName: string): ProcessInput {
  return loop(`busy-${domainName}`, domainName);
}

interface Composition {
  readonly domains: readonly DomainInput[];
  readonly processes: readonly ProcessInput[];
  readonly caged: Partial<CageInput>;
}

function inputOf(
  { domains, processes, caged }: Composition,
  over: Partial<ModelInput> = {},
): ModelInput {
  const dom0 = domains.some(({ name }) => name === 'dom0') ? [] : [domain('dom0')];
  return machineInput({
    durationNs: 60 * SECOND_NS,
    domains: [...dom0, ...domains],
    processes,
    cages: [cage({ vms: ['a', 'b'], ...caged })],
    ...over,
  });
}

/** By domain, without domain 0 unless it is named. */
function sharesOf(result: RunResult, domains: readonly DomainInput[]): number[] {
  return domains.map(({ name }) => percent(result, `domain:${name}:cpu`));
}

const a = domain('a');
const b = domain('b');
const c = domain('c');
const heavyB = domain('b', { weight: 768 });
/** Domain 0, where an IDS uses 20%. */
const idsHost = domain('dom0', { capPct: 20 });

const FORMS: readonly (readonly [string, Composition, readonly number[]])[] = [
  [
    'a cap of 50: one is idle',
    { domains: [a, b], processes: [busy('b')], caged: { capPct: 50 } },
    [0, 50],
  ],
  [
    'a cap of 50: one uses 10',
    { domains: [a, b], processes: [light('a', 10), busy('b')], caged: { capPct: 50 } },
    [10, 40],
  ],
  [
    'a cap of 50: both are busy',
    { domains: [a, b], processes: [busy('a'), busy('b')], caged: { capPct: 50 } },
    [25, 25],
  ],
  [
    'a cap of 50, weights 1 to 3: both are busy',
    { domains: [a, heavyB], processes: [busy('a'), busy('b')], caged: { capPct: 50 } },
    [12.5, 37.5],
  ],
  [
    'a cap of 50, weights 1 to 3: the lighter has all that the heavier leaves',
    { domains: [a, heavyB], processes: [busy('a'), light('b', 10)], caged: { capPct: 50 } },
    [40, 10],
  ],
  [
    'a cap of 60 for three: one is idle',
    {
      domains: [a, b, c],
      processes: [busy('b'), busy('c')],
      caged: { vms: ['a', 'b', 'c'], capPct: 60 },
    },
    [0, 30, 30],
  ],
  [
    'a cap of 60 for three: one uses 10',
    {
      domains: [a, b, c],
      processes: [light('a', 10), busy('b'), busy('c')],
      caged: { vms: ['a', 'b', 'c'], capPct: 60 },
    },
    [10, 25, 25],
  ],
  [
    'a weight, beside a busy neighbour of the same: one is idle',
    { domains: [a, b, c], processes: [busy('b'), busy('c')], caged: { weight: 256 } },
    [0, 50, 50],
  ],
  [
    'a weight, beside a busy neighbour of the same: one uses 10',
    {
      domains: [a, b, c],
      processes: [light('a', 10), busy('b'), busy('c')],
      caged: { weight: 256 },
    },
    [10, 40, 50],
  ],
  [
    'a weight, beside a busy neighbour of the same: both are busy, by their own weights',
    {
      domains: [a, heavyB, c],
      processes: [busy('a'), busy('b'), busy('c')],
      caged: { weight: 256 },
    },
    [12.5, 37.5, 50],
  ],
  [
    'a cap alone, beside a busy neighbour: those that are busy count with their weights',
    {
      domains: [a, b, c],
      processes: [light('a', 10), busy('b'), busy('c')],
      caged: { capPct: 90 },
    },
    [10, 45, 45],
  ],
  [
    'cap and weight: the cap is less',
    {
      domains: [a, b, c],
      processes: [light('a', 10), busy('b'), busy('c')],
      caged: { capPct: 40, weight: 256 },
    },
    [10, 30, 60],
  ],
  [
    'cap and weight: the weight is less',
    {
      domains: [a, b, domain('c', { weight: 512 })],
      processes: [light('a', 10), busy('b'), busy('c')],
      caged: { capPct: 60, weight: 256 },
    },
    [10, 100 / 3 - 10, 200 / 3],
  ],
  [
    'an IDS that uses 20 of 60: one is idle',
    {
      domains: [idsHost, a, b],
      processes: [loop('ids', 'dom0'), busy('b')],
      caged: { processes: ['ids'], capPct: 60 },
    },
    [20, 0, 40],
  ],
  [
    'an IDS that uses 20 of 60: both are busy',
    {
      domains: [idsHost, a, heavyB],
      processes: [loop('ids', 'dom0'), busy('a'), busy('b')],
      caged: { processes: ['ids'], capPct: 60 },
    },
    [20, 10, 30],
  ],
  [
    'an IDS in a member VM: it is part of what that uses',
    {
      domains: [a, b],
      processes: [light('a', 10), busy('b')],
      caged: { processes: ['light-a'], capPct: 50 },
    },
    [10, 40],
  ],
  [
    'a watched VM and a VM of its IDS: what the IDS leaves of 50, the watched one gets',
    {
      domains: [domain('a', { weight: 512 }), b],
      processes: [light('a', 30), busy('b')],
      caged: { capPct: 50 },
    },
    [30, 20],
  ],
];

/** Largest difference to what is expected, in points. */
function worst(composition: Composition, over: Partial<ModelInput>, expected: readonly number[]) {
  const got = sharesOf(simulate(inputOf(composition, over), 1), composition.domains);
  return Math.max(...got.map((share, i) => Math.abs(share - expected[i]!)));
}

describe('a cage of several VMs divides what it has', () => {
  it.each(FORMS)('%s', (_, composition, expected) => {
    expect(worst(composition, { hypervisor: EXACT }, expected)).toBeLessThan(0.5);
  });

  it.each(FORMS)('%s, by ticks', (_, composition, expected) => {
    // In step with the ticks, what is sampled would be no sample.
    const processes = composition.processes.map((process) =>
      process.program === 'periodic' ? ({ ...process, clock: 'exact' } as const) : process,
    );
    expect(worst({ ...composition, processes }, {}, expected)).toBeLessThan(2);
  });

  it('and leaves alone what nobody needs', () => {
    const processes = [light('a', 10), light('b', 20)];
    const composition = { domains: [a, b], processes, caged: { capPct: 50 } };
    expect(worst(composition, { hypervisor: EXACT }, [10, 20])).toBeLessThan(0.5);
  });
});

describe('a cage of several VMs', () => {
  /** Percent of a PCPU that a VM has in each second. */
  const bySecond = (result: RunResult, name: string) => {
    const series = result.series.find(({ key }) => key === `domain:${name}:cpu`);
    return series!.values.map((ns) => (100 * ns) / result.sampleNs);
  };
  const near = (pct: number) => (share: number) => Math.abs(share - pct) < 3.5;

  it('gives a member that starts, and later ends, its part within a second', () => {
    const job = { name: 'job', domain: 'a', nice: 0, startNs: 11 * SECOND_NS };
    const result = simulate(
      inputOf(
        {
          domains: [a, b],
          processes: [{ program: 'batch', ...job, workNs: 2.5 * SECOND_NS }, busy('b')],
          caged: { capPct: 50 },
        },
        { durationNs: 30 * SECOND_NS },
      ),
      1,
    );
    const used = bySecond(result, 'b');
    expect(used.slice(0, 10).every(near(50))).toBe(true);
    expect(used.slice(11, 19).every(near(25))).toBe(true);
    expect(used.slice(21).every(near(50))).toBe(true);
  });

  it('has saved no more than two periods of each member when they wake after a long time', () => {
    const start = { nice: 0, startNs: 0 };
    const sleepers = ['a', 'b'].map((name): ProcessInput => {
      const cycle = { runNs: 2 * SECOND_NS, everyNs: 10 * SECOND_NS, offsetNs: 0 };
      const rest = { jitter: { kind: 'none' }, clock: 'jiffies', align: 'none' } as const;
      return {
        program: 'periodic',
        name: `job-${name}`,
        domain: name,
        ...start,
        ...cycle,
        ...rest,
      };
    });
    const result = simulate(
      inputOf({ domains: [a, b], processes: sleepers, caged: { capPct: 40 } }),
      1,
    );
    const used = bySecond(result, 'a').map((share, i) => share + bySecond(result, 'b')[i]!);
    // 2 x 60 ms of one second is 12%, and as much may be owed at its end.
    expect(Math.max(...used)).toBeGreaterThan(38);
    expect(Math.max(...used)).toBeLessThan(40 + 24);
    expect(used.filter((share) => share > 30 && share < 42).length).toBeGreaterThan(20);
  });

  it('on two PCPUs divides the cap as on one, and at most a whole PCPU to each', () => {
    const on = (weight: number, processes: ProcessInput[], capPct: number) => {
      const domains = [
        domain('a', { affinity: [0] }),
        domain('b', { affinity: [1], weight: 256 * weight }),
      ];
      const input = inputOf({ domains, processes, caged: { capPct } }, { pcpus: 2 });
      return sharesOf(simulate(input, 1), domains).map(Math.round);
    };
    expect(on(1, [busy('b')], 50)).toEqual([0, 50]);
    expect(on(3, [busy('a'), busy('b')], 60)).toEqual([15, 45]);
    expect(on(3, [busy('a'), busy('b')], 160)).toEqual([60, 100]);
  });

  it('that only records leaves its VMs alone', () => {
    const shares = (caged: Partial<CageInput>) => {
      const domains = [a, heavyB, c];
      const processes = [busy('a'), busy('b'), busy('c')];
      return simulate(inputOf({ domains, processes, caged }), 1).ledger;
    };
    const free = shares({ vms: [], enforce: false });
    expect(shares({ capPct: 20, weight: 100, enforce: false })).toEqual(free);
  });
});

describe('any cage of several VMs, alone on its PCPU', () => {
  interface Vm {
    readonly weight: number;
    /** Percent of a PCPU; 100 for a loop. */
    readonly demandPct: number;
  }

  /** Weighted max-min fairness: each has its demand, or as much for its weight as the others. */
  function fairShares(capPct: number, vms: readonly Vm[]): number[] {
    const level = (perWeight: number) =>
      vms.map(({ weight, demandPct }) => Math.min(demandPct, perWeight * weight));
    let [low, high] = [0, 100];
    for (let halving = 0; halving < 60; halving++) {
      const middle = (low + high) / 2;
      const sum = level(middle).reduce((total, share) => total + share, 0);
      if (sum > capPct) high = middle;
      else low = middle;
    }
    return level(low);
  }

  const vm = fc.record({
    weight: fc.constantFrom(64, 256, 512, 1000),
    demandPct: fc.constantFrom(0, 4, 8, 20, 100, 100),
  });

  it('has no more than its cap, all of it if they want it, by weight among those that do', () => {
    const vms = fc.array(vm, { minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(vms, fc.integer({ min: 2, max: 95 }), fc.nat(99), (members, capPct, seed) => {
        const domains = members.map(({ weight }, i) => domain(`vm${i}`, { weight }));
        const processes = members.flatMap(({ demandPct }, i) => {
          if (demandPct === 0) return [];
          return demandPct === 100 ? [busy(`vm${i}`)] : [light(`vm${i}`, demandPct, 100)];
        });
        const caged = { vms: domains.map(({ name }) => name), capPct };
        const result = simulate(
          inputOf({ domains, processes, caged }, { hypervisor: EXACT }),
          seed,
        );
        const got = sharesOf(result, domains);
        const expected = fairShares(capPct, members);
        const sum = (shares: number[]) => shares.reduce((total, share) => total + share, 0);
        const said = `${got} for ${expected}`;
        expect(sum(got), said).toBeLessThan(sum(expected) + 0.2);
        expect(sum(got), said).toBeGreaterThan(sum(expected) - 1);
        got.forEach((share, i) => {
          expect(Math.abs(share - expected[i]!), said).toBeLessThan(1);
        });
      }),
      { numRuns: 40 },
    );
  });
});
