/** What a definition that says as little as possible means, and where that comes from. */
import { expect, test } from 'vitest';
import { loadDefinition } from '../../src/files/load-definition.js';
import type { ModelInput, ProcessInputOf } from '../../src/model/input.js';
import { definitionFile } from './definition-files.js';

const LEAST = `id: least
title: As little as possible
domains: { vm1: {} }
processes:
  web: { program: webserver, domain: vm1 }
  snort: { program: snort, domain: dom0, watches: vm1 }
  tripwire: { program: tripwire, domain: dom0, watches: vm1 }
  limiter: { program: oc-limiter, domain: dom0, target: snort, limit: 30 }
clients: { httperf: { target: web, rate: 100 } }
cages: { cage: { vms: [vm1], processes: [snort], cap: 50 } }
figures:
  - { id: f, number: 1, title: F, lines: [{ metric: idle_pct, label: Idle }] }
`;

const MS = 1e6;

/** The least, with some texts replaced. */
function least(...replaced: readonly (readonly [string, string])[]) {
  const text = replaced.reduce((copy, [old, next]) => {
    expect(copy).toContain(old);
    return copy.replace(old, next);
  }, LEAST);
  return loadDefinition(definitionFile(text));
}

function inputOf(definition: ReturnType<typeof least>): ModelInput {
  const [variant] = definition.variants;
  if (variant === undefined) throw new Error('no variant');
  return variant.input;
}

function named<T extends { readonly name: string }>(all: readonly T[], name: string): T {
  const found = all.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
}

const definition = least();
const input = inputOf(definition);

test('what the paper does not say: 60 points of a second, ten runs, 5 s before them', () => {
  const { durationNs, warmupNs, sampleNs, seedCount } = definition;
  expect(durationNs / sampleNs).toBe(60);
  expect({ sampleNs, warmupNs, seedCount }).toEqual({
    sampleNs: 1000 * MS,
    // TCP's slowest repetition, of a SYN, is after 3 s (RFC 1122, 2988).
    warmupNs: 5000 * MS,
    seedCount: 10,
  });
  expect(definition.variants.map(({ id }) => id)).toEqual(['main']);
});

test("Xen's: weight 256, no cap, whole ticks debited, waking VCPUs first", () => {
  expect(input.domains.map(({ name }) => name)).toEqual(['dom0', 'vm1']);
  for (const { weight, capPct, affinity } of input.domains) {
    expect({ weight, capPct, affinity }).toEqual({ weight: 256, capPct: 0, affinity: [0] });
  }
  expect(input.hypervisor).toEqual({ scheduler: 'credit', debit: 'sampled', boost: true });
});

test("the paper's machine: one core, Linux 2.6.18 in domain 0 and 2.6.16 in the others", () => {
  expect(input.pcpus).toBe(1);
  expect(input.domains.map(({ scheduler }) => scheduler)).toEqual(['o1-2.6.18', 'o1-2.6.16']);
  // Both of Xen's trees have stolen-time accounting.
  for (const { accounting } of input.domains) expect(accounting).toBe('o1-steal');
});

test("kernels tick 100 times a second, as Xen's trees of Linux are configured", () => {
  const hzOf = (text: string) =>
    named(inputOf(least(['vm1: {}', `vm1: { ${text} }`])).domains, 'vm1');
  expect(hzOf('hz: 250').hz).toBe(250);
  // To say so changes nothing: it is the same machine, with the same runs.
  expect(hzOf('hz: 100')).toEqual(hzOf(''));
  expect(Object.keys(hzOf('hz: 100'))).not.toContain('hz');
});

test('a VCPU may run on every PCPU that there is', () => {
  const two = inputOf(least(['cages:', 'machine_values: { pcpus: 2 }\ncages:']));
  for (const { affinity } of two.domains) expect(affinity).toEqual([0, 1]);
});

test('a kernel that accounts as CFS does schedules as CFS does', () => {
  const schedulerOf = (accounting: string) =>
    named(inputOf(least(['vm1: {}', `vm1: { accounting: ${accounting} }`])).domains, 'vm1')
      .scheduler;
  expect(['o1', 'o1-steal', 'cfs', 'cfs-hvm'].map(schedulerOf)).toEqual([
    'o1-2.6.16',
    'o1-2.6.16',
    'cfs',
    'cfs',
  ]);
});

test('tools are as old as the kernel: those of an O(1) kernel do not know the column steal', () => {
  const totalOf = (text: string) =>
    named(inputOf(least(['vm1: {}', `vm1: { ${text} }`])).domains, 'vm1').procTotal;
  const accountings = ['o1', 'o1-steal', 'cfs', 'cfs-hvm'];
  expect(accountings.map((one) => totalOf(`accounting: ${one}`))).toEqual([
    'without-steal',
    'without-steal',
    'all-columns',
    'all-columns',
  ]);
  for (const total of ['without-steal', 'all-columns']) {
    for (const one of accountings)
      expect(totalOf(`accounting: ${one}, proc_total: ${total}`)).toBe(total);
  }
});

test("httperf's: no timeout, and of 1024 descriptors of select() four are its own", () => {
  expect(named(input.clients, 'httperf')).toMatchObject({
    kind: 'httperf',
    timeoutNs: 0,
    maxOpen: 1024 - 4,
    // Measured at 4000/s: a burst about each millisecond, 24 to 41 us between its connections.
    tickNs: MS,
    connectNs: 30_000,
    responseNs: 20_000,
    // Crystals differ by tens of ppm.
    clockSkewPpm: 20,
  });
});

test('a hypervisor of which one thing is said: the rest is as Xen has it', () => {
  const said = (text: string) =>
    inputOf(least(['cages:', `hypervisor: ${text}\ncages:`])).hypervisor;
  const xen = { scheduler: 'credit', debit: 'sampled', boost: true };
  expect(said('{}')).toEqual(xen);
  expect(said('{ debit: exact }')).toEqual({ ...xen, debit: 'exact' });
  expect(said('{ boost: false }')).toEqual({ ...xen, boost: false });
});

test('a periodic program sleeps as any does: by jiffies, in step with nothing', () => {
  const periodic = (text = '') => {
    const program = `cron: { program: periodic, domain: vm1, run: 2ms, every: 50ms${text} }`;
    return named(inputOf(least(['processes:', `processes:\n  ${program}`])).processes, 'cron');
  };
  expect(periodic()).toMatchObject({
    runNs: 2 * MS,
    everyNs: 50 * MS,
    offsetNs: 0,
    jitter: { kind: 'none' },
    clock: 'jiffies',
    align: 'none',
  });
  // A millisecond at the most, or on average.
  expect(periodic(', jitter: { kind: uniform }')).toMatchObject({
    jitter: { kind: 'uniform', mostNs: MS },
  });
  expect(periodic(', jitter: { kind: exponential }')).toMatchObject({
    jitter: { kind: 'exponential', meanNs: MS },
  });
});

test("a server's: a backlog as Linux 2.6 allows, and a page that makes ten packets", () => {
  expect(named(input.processes, 'web')).toMatchObject({ backlog: 128, pageBytes: 1024 });
});

test("OC-Limiter's: cpulimit's law and nice value, and the paper's slots of 100 ms", () => {
  expect(named(input.processes, 'limiter')).toMatchObject({
    law: 'cpulimit',
    nice: -10,
    slotNs: 100 * MS,
  });
});

test('programs of nice 0 that start at once, as a shell would start them', () => {
  for (const { name, nice, startNs } of input.processes) {
    expect([name, startNs]).toEqual([name, 0]);
    if (name !== 'limiter') expect([name, nice]).toEqual([name, 0]);
  }
});

test("Tripwire's: one scan after the other of a server's files, 62 kB each as was measured", () => {
  const tripwire = named(input.processes, 'tripwire');
  if (tripwire.program !== 'tripwire') throw new Error('no Tripwire');
  const sum = (of: (group: ProcessInputOf<'tripwire'>['tree'][number]) => number) =>
    tripwire.tree.reduce((total, group) => total + of(group), 0);
  const files = sum((group) => group.files);
  const bytes = sum((group) => group.files * group.meanBytes);
  expect(tripwire.everyNs).toBe(0);
  // 2191 MB in 35580 files.
  expect(Math.abs(bytes / files - 2191e6 / 35_580)).toBeLessThan(1000);
  // Large ones first: 400 MB of programs, then 200 MB of small files.
  expect(tripwire.tree.map((group) => (group.files * group.meanBytes) / 1e6)).toEqual([400, 200]);
  const tree = 'watches: vm1, tree: [{ files: 10, mean: 1000 }] }\n  limiter';
  const own = named(inputOf(least(['watches: vm1 }\n  limiter', tree])).processes, 'tripwire');
  expect(own).toMatchObject({
    tree: [{ files: 10, meanBytes: 1000, spread: 1.5, contiguousPct: 50 }],
  });
});

test("a cage's: what the paper's formula says, and smoothing that a loop gain of 1.5 bears", () => {
  const cage = named(input.cages, 'cage');
  expect(cage).toMatchObject({
    weight: 0,
    enforce: true,
    excess: 'forgive',
    parkBelow: 'effective',
    rounding: 'exact',
    counts: 'cr3',
  });
  if (cage.idsWindow.kind !== 'ema') throw new Error('not smoothed');
  // Stable below 2 / (1 + g); at this weight an error is halved in each period.
  const gain = 1.5;
  expect(cage.idsWindow.weight).toBeLessThan(2 / (1 + gain));
  expect(1 - cage.idsWindow.weight * (1 + gain)).toBeCloseTo(0.5, 9);
});

test('what else a cage may be, with the values that its choice brings', () => {
  const caged = (text: string) =>
    named(inputOf(least(['cap: 50', `cap: 50, ${text}`])).cages, 'cage');
  // Ten accounting periods.
  expect(caged('ids_window: { kind: sliding }').idsWindow).toEqual({
    kind: 'sliding',
    windowNs: 10 * 30 * MS,
  });
  // A whole PCPU over one period: no IDS can owe more in one.
  const carrying = caged('excess: { kind: carry }');
  expect([carrying.excess, carrying.excessLimitPct]).toEqual(['carry', 100]);
  expect(named(inputOf(least(['cap: 50', 'enforce: false'])).cages, 'cage').capPct).toBe(0);
});

test('a figure shows CPU use in percent, and the subject adds up the VM and its IDS', () => {
  const [figure] = definition.figures;
  expect(figure).toMatchObject({ yLabel: 'CPU use', yUnit: '%', limit: null });
  const total = (subject: string, ...more: (readonly [string, string])[]) =>
    least(['cages:', `subject: ${subject}\ncages:`], ...more).variants[0]?.subject?.total;
  expect(total('{ vm: vm1, ids: snort }')).toEqual(['vm_cpu_pct', 'ids_cpu_pct']);
  expect(total('{ vm: vm1 }')).toEqual(['vm_cpu_pct']);
  // Inside it the IDS is a part of the VM's use.
  expect(
    total(
      '{ vm: vm1, ids: snort }',
      ['snort: { program: snort, domain: dom0', 'snort: { program: snort, domain: vm1'],
      ['oc-limiter, domain: dom0', 'oc-limiter, domain: vm1'],
    ),
  ).toEqual(['vm_cpu_pct']);
});

test("the shipped machine's: what Xen, Linux and the hardware of the time have", () => {
  expect(input.network).toMatchObject({
    linkBitsPerSecond: 1e9,
    // A page's worth of requests in netfront's rings; NAPI's weight and budget; netback's queue.
    netfrontRxSlots: 256,
    netfrontRxMinSlots: 64,
    netfrontBatchPct: 50,
    netfrontTxSlots: 256,
    pollBudget: 64,
    netdevBudget: 300,
    vifQueueSlots: 32,
    // MAX_SKB_FRAGS of 64 KB in pages of 4 KB, and two more.
    netbackSlots: 65536 / 4096 + 2 + 2,
    // net.core.rmem_default of Linux 2.6.
    snifferBufferBytes: 110_592,
  });
  // 7200 revolutions in a minute.
  expect(input.disk?.rotationNs).toBeCloseTo(60e9 / 7200, -4);
});
