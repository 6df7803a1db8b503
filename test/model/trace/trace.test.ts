/** A trace is the same run as the measured one, and adds up to what that says. */
import { describe, expect, test } from 'vitest';
import {
  type ModelInput,
  type ProcessInputOf,
  type RunResult,
  simulate,
} from '../../../src/model/index.js';
import {
  COSTS,
  cage,
  domain,
  files,
  httperf,
  loop,
  machineInput,
  NETWORK,
  SECOND_NS,
  snort,
  tripwire,
  webLoad,
  webServer,
} from '../machine-input.js';
import { counter } from '../readings.js';
import { record, type Slice, sumNs } from './recording.js';

const SEED = 7;
const TIMES = { warmupNs: SECOND_NS / 2, durationNs: SECOND_NS, sampleNs: SECOND_NS / 4 };
const costs = {
  ...COSTS,
  schedulerPassNs: 600,
  vcpuSwitchNs: 1_100,
  processSwitchNs: 700,
  timerInterruptNs: 1_300,
  deviceInterruptNs: 900,
  tickerLatenessNs: 10_000,
  timerSlackNs: 50_000,
};

const inputs: readonly (readonly [string, ModelInput])[] = [
  [
    'a cage on one PCPU',
    webLoad(4000, 'dom0', {
      ...TIMES,
      costs,
      cages: [cage({ vms: ['vm1'], processes: ['snort'], capPct: 50 })],
    }),
  ],
  [
    'a capped VM with more load than it can take',
    webLoad(9000, 'vm1', {
      ...TIMES,
      costs,
      domains: [domain('dom0'), domain('vm1', { capPct: 30 })],
      network: { ...NETWORK, nicRingSlots: 16, vifQueueSlots: 2 },
    }),
  ],
  [
    'VCPUs that move between three PCPUs',
    machineInput({
      ...TIMES,
      costs,
      pcpus: 3,
      domains: [
        domain('dom0', { affinity: [0, 1, 2] }),
        domain('vm1', { affinity: [0, 1, 2] }),
        domain('vm2', { affinity: [2, 1, 0] }),
        domain('vm3', { affinity: [1, 2], capPct: 20, scheduler: 'cfs', accounting: 'cfs' }),
      ],
      processes: [
        snort('dom0', 'vm1'),
        webServer('vm1'),
        loop('burn', 'vm2', 5),
        loop('other', 'vm2'),
        loop('spin', 'vm3'),
        loop('busy', 'dom0', 19),
      ],
      clients: [httperf(3000)],
    }),
  ],
  [
    'a process that is stopped again and again, and Tripwires with and without a virtual disk',
    machineInput({
      ...TIMES,
      costs,
      processes: [
        tripwire('dom0', files(200, 50_000)),
        { ...tripwire('vm1', files(50, 200_000, 50)), name: 'inside' },
        loop('held', 'dom0'),
        limiter('dom0', 'held'),
      ],
      cages: [cage({ processes: ['held'], enforce: false })],
    }),
  ],
];

function limiter(domainName: string, target: string): ProcessInputOf<'oc-limiter'> {
  const held = { target, limitPct: 20, law: 'cpulimit', slotNs: 100_000_000 } as const;
  const process = { name: 'limiter', domain: domainName, nice: -10, startNs: 0 };
  return { program: 'oc-limiter', ...process, ...held };
}

const onPcpu = ({ track }: Slice) => /^PCPU \d+$/.test(track);
const ofWork = ({ track }: Slice) => ['task', 'softirq', 'interrupt', 'hypervisor'].includes(track);
const inDomain = (name: string) => `domain ${name}`;

/** Sums by key, in order of the keys. */
function sums(entries: readonly (readonly [string, number])[]): [string, number][] {
  const all = new Map<string, number>();
  for (const [key, ns] of entries) all.set(key, (all.get(key) ?? 0) + ns);
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1));
}

const ledgerSums = ({ ledger }: RunResult) =>
  sums(
    ledger.map((row) => [
      [inDomain(row.domain), row.context, row.task, row.cr3, row.work, row.beneficiary].join('|'),
      row.ns,
    ]),
  );

describe.each(inputs)('%s', (_, input) => {
  const result = simulate(input, SEED);
  const { slices, instants, values } = record(input, SEED);

  test('slices add up to the ledger, by task, page tables, work and beneficiary', () => {
    const traced = slices.filter(ofWork).map(({ group, label, startNs, endNs }) => {
      const { task, cr3 = '', for: beneficiary = '' } = label.details ?? {};
      const { category, name } = label;
      return [[group, category, task, cr3, name, beneficiary], endNs - startNs] as const;
    });
    // A process's own work is called after the process.
    const own = new Map(input.processes.map(({ name, program }) => [name, program]));
    const named = traced.map(([[group, category, task, cr3, name = '', rest], ns]) => {
      const work = category === 'user' ? own.get(name) : name;
      return [[group, category, task, cr3, work, rest].join('|'), ns] as const;
    });
    expect(sums(named)).toEqual(ledgerSums(result));
  });

  test('each domain runs on PCPUs as long as its runstate says', () => {
    for (const { domain: name, runningNs, runnableNs, blockedNs, offlineNs } of result.runstates) {
      const inState = (state: string) =>
        sumNs(slices, ({ group, track, label }) => {
          return group === inDomain(name) && track === 'runstate' && label.name === state;
        });
      expect(sumNs(slices, (slice) => onPcpu(slice) && slice.label.name === name)).toBe(runningNs);
      expect(inState('running')).toBe(runningNs);
      expect(inState('runnable')).toBe(runnableNs);
      expect(inState('blocked')).toBe(blockedNs);
      expect(inState('offline')).toBe(offlineNs);
    }
  });

  test('on every track slices come in order and never overlap, within the window', () => {
    const ends = new Map<string, number>();
    const wrong = slices.filter(({ group, track, startNs, endNs }) => {
      const key = `${group}/${track}`;
      const beforeNs = ends.get(key) ?? 0;
      ends.set(key, endNs);
      return startNs < beforeNs || endNs <= startNs || endNs > input.durationNs;
    });
    expect(wrong).toEqual([]);
    for (const list of [instants, values]) {
      const times = list.map(({ timeNs }) => timeNs);
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }
  });

  test('work is never where the VCPU does not run', () => {
    for (const { name } of input.domains) {
      const of = slices.filter(({ group }) => group === inDomain(name));
      const running = of.filter(({ label }) => label.name === 'running');
      const work = of.filter(ofWork).sort((a, b) => a.startNs - b.startNs);
      let at = 0;
      const outside = work.filter(({ startNs, endNs }) => {
        while (running[at] !== undefined && running[at]!.endNs <= startNs) at++;
        const around = running[at];
        return around === undefined || startNs < around.startNs || endNs > around.endNs;
      });
      expect(outside).toEqual([]);
    }
  });

  test('drops are those that are counted', () => {
    const dropped = (pattern: RegExp) =>
      instants
        .filter(({ name }) => name.startsWith('drop: ') && pattern.test(name))
        .reduce((sum, { count }) => sum + count, 0);
    expect(dropped(/NIC ring$/)).toBe(counter(result, 'NIC ring full'));
    expect(dropped(/vif queue$/)).toBe(counter(result, 'vif queue full'));
    expect(dropped(/socket$/)).toBe(counter(result, 'sniffer buffer full'));
    expect(dropped(/accept queue/)).toBe(counter(result, 'accept queue full'));
  });

  test('every PCPU ticks each 10 ms, late and early by no more than it may be', () => {
    for (let p = 0; p < input.pcpus; p++) {
      const ticks = instants.filter(
        (one) => one.track === `PCPU ${p} timer` && one.name === 'tick',
      );
      ticks.slice(1).forEach(({ timeNs }, i) => {
        const lateNs = timeNs - ticks[i]!.timeNs - 10_000_000;
        expect(lateNs).toBeGreaterThanOrEqual(-costs.timerSlackNs);
        expect(lateNs).toBeLessThan(costs.tickerLatenessNs);
      });
      expect(ticks.length).toBeGreaterThan(95);
    }
    const master = instants.filter(({ track }) => track === 'PCPU 0 timer');
    const accountings = master.filter(({ name }) => name === 'accounting');
    expect(Math.abs(accountings.length - (master.length - accountings.length) / 3)).toBeLessThan(1);
  });

  test('a part of the run is a part of the whole trace', () => {
    const [fromNs, endNs] = [123_456_789, 456_789_012];
    const part = record(input, SEED, fromNs, endNs);
    const cut = (list: readonly Slice[]) =>
      list
        .map((one) => ({
          ...one,
          startNs: Math.max(one.startNs, fromNs),
          endNs: Math.min(one.endNs, endNs),
        }))
        .filter((one) => one.endNs > one.startNs)
        .map(({ group, track, label, ...times }) => [group, track, label.name, times])
        .sort();
    expect(cut(part.slices)).toEqual(cut(slices));
    const within = ({ timeNs }: { timeNs: number }) => timeNs >= fromNs && timeNs < endNs;
    expect(part.instants).toEqual(instants.filter(within));
    const later = ({ timeNs }: { timeNs: number }) => timeNs > fromNs && timeNs < endNs;
    expect(part.values.filter(later)).toEqual(values.filter(later));
  });
});

test('a VCPU that starts to run pays for the switch and its timer, then works', () => {
  const input = machineInput({
    ...TIMES,
    costs,
    domains: [domain('dom0'), domain('vm1'), domain('vm2')],
    processes: [loop('one', 'vm1'), loop('two', 'vm2')],
  });
  const { slices } = record(input, SEED);
  for (const name of ['vm1', 'vm2']) {
    const of = slices.filter(({ group }) => group === inDomain(name));
    const starts = of.filter(({ label }) => label.name === 'running').slice(1);
    expect(starts.length).toBeGreaterThan(5);
    for (const { startNs, endNs } of starts) {
      const work = of.filter((one) => ofWork(one) && one.startNs >= startNs && one.endNs <= endNs);
      const first = work.sort((a, b) => a.startNs - b.startNs).slice(0, 3);
      // A tick that found the VCPU at its last nanosecond is still owed, and goes before.
      const names = first.map(({ label }) => label.name);
      expect(names.slice(0, 2).sort()).toEqual(['VCPU switch', 'timer tick']);
      expect(names[2]).toBe(name === 'vm1' ? 'one' : 'two');
      expect(first.map((one) => one.startNs)).toEqual([startNs, first[0]!.endNs, first[1]!.endNs]);
    }
  }
});

test('a VCPU that is parked does not run until it is unparked', () => {
  const capped = machineInput({
    ...TIMES,
    domains: [domain('dom0'), domain('vm1', { capPct: 25 })],
    processes: [loop('loop', 'vm1')],
  });
  const { instants, slices } = record(capped, SEED);
  const events = instants.filter(({ track }) => track === 'parking and signals');
  expect(events.map(({ name }) => name).filter((name) => name === 'park').length).toBeGreaterThan(
    5,
  );
  events.forEach(({ name, timeNs }, i) => {
    expect(name).not.toBe(events[i - 1]?.name);
    if (name !== 'park') return;
    const untilNs = events[i + 1]?.timeNs ?? capped.durationNs;
    const running = slices.filter((one) => onPcpu(one) && one.label.name === 'vm1');
    expect(running.some((one) => one.startNs < untilNs && one.endNs > timeNs)).toBe(false);
  });
});

test('RC.ids is what is taken off the cap', () => {
  const { values } = record(inputs[0]![1], SEED);
  const at = (name: string) => values.filter(({ counter: one }) => one === name);
  const ids = at('cage RC.ids');
  const caps = new Map(at('effective cap').map(({ timeNs, value }) => [timeNs, value] as const));
  expect(ids.length).toBeGreaterThan(20);
  for (const { timeNs, value } of ids) {
    expect(caps.get(timeNs)).toBeCloseTo(Math.max(0, 50 - value), 9);
  }
});

test('a process that is stopped does nothing until it is continued', () => {
  const [, input] = inputs[3]!;
  const { instants, slices } = record(input, SEED);
  const signals = instants.filter(({ name }) => / held$/.test(name));
  expect(signals.length).toBeGreaterThan(10);
  const own = slices.filter(({ group, label }) => group === 'domain dom0' && label.name === 'held');
  expect(own.length).toBeGreaterThan(10);
  signals.forEach(({ name, timeNs }, i) => {
    expect(name).not.toBe(signals[i - 1]?.name);
    if (name !== 'SIGSTOP held') return;
    const untilNs = signals[i + 1]?.timeNs ?? input.durationNs;
    expect(own.some((one) => one.startNs < untilNs && one.endNs > timeNs)).toBe(false);
  });
});

test('an accept queue is that of its server, whatever the order of the clients', () => {
  const input = machineInput({
    ...TIMES,
    costs,
    // As many connections as come have to find their way to the queue.
    network: { ...NETWORK, netfrontRxMinSlots: 256 },
    domains: [domain('dom0'), domain('vm1', { capPct: 30 }), domain('vm2')],
    processes: [
      { ...webServer('vm2'), name: 'calm' },
      { ...webServer('vm1'), name: 'busy' },
    ],
    clients: [httperf(6000, { target: 'busy' }), httperf(50, { name: 'light', target: 'calm' })],
  });
  const { instants, values } = record(input, SEED);
  const longest = (counter: string) =>
    Math.max(...values.filter((one) => one.counter === counter).map(({ value }) => value));
  expect(longest('calm accept queue')).toBeLessThan(5);
  expect(longest('busy accept queue')).toBe(129);
  const drops = instants.filter(({ track }) => track.endsWith('accept queue'));
  expect([...new Set(drops.map(({ track }) => track))]).toEqual(['drops: busy accept queue']);
});
