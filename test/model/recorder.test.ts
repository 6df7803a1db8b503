/** What is recorded of a run: the same whichever part of it is measured. */
import { describe, expect, it } from 'vitest';
import { assemble } from '../../src/model/assembly/assemble.js';
import {
  type ModelInput,
  type ProcessInput,
  type RunResult,
  simulate,
} from '../../src/model/index.js';
import { Recorder } from '../../src/model/recorder.js';
import {
  COSTS,
  cage,
  domain,
  files,
  httperf,
  loop,
  machineInput,
  SECOND_NS,
  snort,
  tripwire,
  webLoad,
  webServer,
} from './machine-input.js';
import { counter, total } from './readings.js';

/** Overloaded, so that everything is lost that can be. */
const BUSY: Partial<ModelInput> = {
  sampleNs: SECOND_NS / 10,
  costs: { ...COSTS, dom0PacketNs: 20_000 },
  domains: [domain('dom0'), domain('vm1', { capPct: 20 }), domain('vm2')],
  processes: [
    snort('dom0', 'vm1'),
    webServer('vm1', 10),
    tripwire('vm1', files(1000, 50_000)),
    loop('loop', 'vm2'),
  ],
  clients: [httperf(3000, { timeoutNs: SECOND_NS / 2 })],
  cages: [cage({ vms: ['vm1'], processes: ['snort'], capPct: 40 })],
};

/** Every number of a result by what it is of. */
function numbersOf({ series, histograms, ledger, runstates, counters }: RunResult) {
  const numbers = new Map<string, number>();
  const add = (name: string, value: number) => {
    expect([name, numbers.has(name), value >= 0]).toEqual([name, false, true]);
    numbers.set(name, value);
  };
  for (const { key, values } of series)
    add(
      key,
      values.reduce((sum, one) => sum + one, 0),
    );
  for (const { key, counts } of histograms) {
    for (const [bucket, count] of counts.entries()) add(`${key} ${bucket}`, count);
  }
  for (const { ns, ...row } of ledger) add(JSON.stringify(row), ns);
  for (const { domain: name, ...row } of runstates) {
    for (const [state, ns] of Object.entries(row)) add(`${name} ${state}`, ns);
  }
  for (const { name, count } of counters) add(name, count);
  return numbers;
}

it('two parts of a run add up to the whole', () => {
  const part = (fromS: number, seconds: number) =>
    simulate(
      machineInput({ ...BUSY, warmupNs: fromS * SECOND_NS, durationNs: seconds * SECOND_NS }),
      1,
    );
  const [whole, first, second] = [part(0, 3), part(0, 2), part(2, 1)];
  const [wholes, firsts, seconds] = [whole, first, second].map(numbersOf) as [
    Map<string, number>,
    Map<string, number>,
    Map<string, number>,
  ];
  expect(wholes.size).toBeGreaterThan(100);
  for (const [name, value] of wholes) {
    const sum = (firsts.get(name) ?? 0) + (seconds.get(name) ?? 0);
    expect([name, sum]).toEqual([name, value]);
  }
  whole.series.forEach(({ key, values }, i) => {
    const parts = [first, second].map((one) => one.series[i]!);
    expect(parts.map((one) => one.key)).toEqual([key, key]);
    expect(parts.flatMap((one) => [...one.values])).toEqual([...values]);
  });
  expect([whole.samples, first.samples, second.samples]).toEqual([30, 20, 10]);
});

it('time that is nowhere, or twice, is an error', () => {
  const recorded = (spoil: (ledger: Float64Array) => void) => {
    const input = machineInput(BUSY);
    const machine = assemble([input], 1);
    const recorder = new Recorder(machine, 1, input, 0);
    machine.runUntil(SECOND_NS);
    recorder.take();
    spoil(machine.parts.kernels[1]!.ledger.ns);
    return recorder.result(SECOND_NS);
  };
  expect(recorded(() => {}).samples).toBe(1);
  const one = (by: number) => (ledger: Float64Array) => {
    ledger[ledger.findIndex((ns) => ns > 0)]! += by;
  };
  for (const by of [1, -1]) {
    expect(() => recorded(one(by))).toThrow(/does not add up: work \d+ .* VCPUs ran \d+ ns/);
  }
});

it('work is booked on the page tables that are loaded, and on none before there are any', () => {
  const tablesOf = (snortIn: string) => {
    const { ledger } = simulate(machineInput({ ...BUSY, ...webLoad(500, snortIn) }), 1);
    return (name: string) =>
      new Set(ledger.filter((row) => row.domain === name).map(({ cr3 }) => cr3));
  };
  expect(tablesOf('dom0')('dom0')).toEqual(new Set(['snort']));
  expect(tablesOf('vm1')('dom0')).toEqual(new Set([null]));
  expect(tablesOf('vm1')('vm1')).toEqual(new Set(['snort', 'httpd']));
});

describe('two of a kind', () => {
  /** One of everything for a VM. */
  const processes = (vm: string): ProcessInput[] => {
    const base = (name: string) => ({ name: `${name}-${vm}`, domain: vm, nice: 0, startNs: 0 });
    const server = base('httpd').name;
    const limited = { limitPct: 50, law: 'cpulimit', slotNs: 1e8 } as const;
    const times = { runNs: 1e6, everyNs: 1e7, offsetNs: 0 };
    const jitter = { kind: 'none' } as const;
    return [
      { ...base('loop'), program: 'loop' },
      { ...base('httpd'), program: 'webserver', pageBytes: 1024, backlog: 10 },
      { ...base('cgi'), program: 'cgi', server, workNs: 1e6 },
      { ...base('snort'), program: 'snort', watches: vm },
      { ...tripwire(vm, files(10, 1000)), ...base('tripwire'), watches: vm },
      { ...base('limiter'), program: 'oc-limiter', target: base('loop').name, ...limited },
      { ...base('beat'), program: 'periodic', ...times, jitter, clock: 'jiffies', align: 'none' },
      { ...base('batch'), program: 'batch', workNs: 1e6 },
    ];
  };
  const container = (name: string, members: string[]) => {
    const limits = { parent: null, sharePct: 40, limitPct: 0, windowNs: 1e8 };
    return { name, ...limits, processes: members, clients: [] };
  };
  const vms = ['one', 'two'];
  const contained = (vm: string) => {
    const containers = [container('a', [`loop-${vm}`]), container('b', [])];
    return { policy: 'containers', containers, within: 'o1-2.6.16' } as const;
  };
  const keysOf = (over: Partial<ModelInput> = {}) => {
    const { series, facts, histograms } = simulate(
      machineInput({
        warmupNs: 0,
        durationNs: SECOND_NS / 10,
        sampleNs: SECOND_NS / 10,
        domains: [domain('dom0'), ...vms.map((vm) => domain(vm, { scheduler: contained(vm) }))],
        processes: vms.flatMap(processes),
        clients: vms.map((vm) => httperf(10, { name: `client-${vm}`, target: `httpd-${vm}` })),
        cages: vms.map((vm) => cage({ name: `cage-${vm}`, processes: [`loop-${vm}`] })),
        ...over,
      }),
      1,
    );
    return [series, facts]
      .map((some) => some.map(({ key }) => key))
      .concat([histograms.map(({ key }) => `${key} histogram`)])
      .flat();
  };

  it('have numbers of their own, and as many', () => {
    const keys = keysOf();
    expect(new Set(keys).size).toBe(keys.length);
    const own = (vm: string) => keys.filter((key) => key.includes(vm));
    expect(own('one').map((key) => key.replaceAll('one', 'two'))).toEqual(own('two'));
    for (const name of [...processes('one'), { name: 'client-one' }, { name: 'cage-one' }]) {
      expect(own('one').filter((key) => key.includes(name.name)).length).toBeGreaterThan(0);
    }
    // Two containers in each of them.
    expect(keys.filter((key) => /^principal:(one|two):[ab]:used$/.test(key)).length).toBe(4);
  });

  it('are charged for the work of domain 0 where the scheduler charges anybody', () => {
    const charged = (debts: { feedbackNs: number } | null) => {
      const shares = [null, null, null];
      const paid = { receivedWeight: 1, sentWeight: 1, guard: null };
      const hypervisor = {
        scheduler: 'sedf',
        shares,
        debts: debts && { ...debts, ...paid },
      } as const;
      return keysOf({
        hypervisor,
        cages: [],
        processes: vms.flatMap(processes).filter(({ program }) => program !== 'oc-limiter'),
      }).filter((key) => key.endsWith('charged')).length;
    };
    expect([charged({ feedbackNs: 1e8 }), charged(null)]).toEqual([2, 0]);
    expect(keysOf().filter((key) => key.endsWith('charged'))).toEqual([]);
  });
});

it('a domain has lost the packets that its vif has', () => {
  const result = simulate(machineInput(BUSY), 1);
  const lost = ['vif queue full', 'guest receive ring full', 'guest transmit queue full'] as const;
  const counts = lost.map((name) => counter(result, name));
  expect(counts[0]).toBeGreaterThan(0);
  expect(total(result, 'domain:vm1:dropped')).toBe(counts.reduce((sum, count) => sum + count, 0));
  expect(total(result, 'domain:vm2:dropped')).toBe(0);
});
