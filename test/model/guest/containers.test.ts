/** Resource containers in a guest: who gets what, and who is charged. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DomainInput,
  type GuestPolicyInputOf,
  type ModelInput,
  simulate,
} from '../../../src/model/index.js';
import {
  COSTS,
  cgi,
  domain,
  EXACT,
  httperf,
  loop,
  machineInput,
  SECOND_NS,
  synFlood,
  webServer,
} from '../machine-input.js';
import { counter, percent, perSecond, total } from '../readings.js';

type ContainerInput = GuestPolicyInputOf<'containers'>['containers'][number];

const container = (
  name: string,
  sharePct: number,
  over: Partial<ContainerInput> = {},
): ContainerInput => ({
  name,
  sharePct,
  parent: null,
  limitPct: 0,
  windowNs: 1e8,
  processes: [name],
  clients: [],
  ...over,
});

/** A kernel with these containers, and within each the scheduler of another kernel. */
function contained(
  containers: readonly ContainerInput[],
  { scheduler = 'o1-2.6.16', ...kernel }: Partial<DomainInput> = {},
): Partial<DomainInput> {
  return { ...kernel, scheduler: { policy: 'containers', containers, within: scheduler } };
}

/** A guest with a loop of each name, in these containers. */
function loops(
  containers: readonly ContainerInput[],
  names: readonly string[],
  over: Partial<DomainInput> = {},
  durationNs = 5 * SECOND_NS,
) {
  const input = machineInput({
    hypervisor: EXACT,
    durationNs,
    domains: [domain('dom0'), domain('vm1', contained(containers, over))],
    processes: names.map((name) => loop(name, 'vm1')),
  });
  return simulate(input, 1);
}

type Result = ReturnType<typeof simulate>;
const used = (result: Result, name: string) => percent(result, `principal:vm1:${name}:used`);
const own = (result: Result, name: string) => percent(result, `process:${name}:true`);

const KERNELS = [
  ['O(1)', {}],
  ['CFS', { scheduler: 'cfs', accounting: 'cfs' }],
] as const;

describe.each(KERNELS)('containers in a kernel with %s', (_, kernel) => {
  it('get exactly what they were given', () => {
    const three = [container('a', 50), container('b', 30), container('c', 20)];
    const result = loops(three, ['a', 'b', 'c'], kernel);
    for (const { name, sharePct } of three) {
      expect(Math.abs(own(result, name) - sharePct)).toBeLessThan(0.3);
      expect(used(result, name)).toBeCloseTo(own(result, name), 5);
    }
  });

  it('get it however many processes they have, which share it among them', () => {
    const two = [container('one', 50), container('many', 50, { processes: ['x', 'y', 'z'] })];
    const result = loops(two, ['one', 'x', 'y', 'z'], kernel, 9 * SECOND_NS);
    expect(Math.abs(own(result, 'one') - 50)).toBeLessThan(0.3);
    for (const name of ['x', 'y', 'z']) {
      expect(Math.abs(own(result, name) - 50 / 3)).toBeLessThan(2);
    }
  });

  it('leave what they do not use to the others, by their shares', () => {
    const three = [container('a', 60), container('b', 30), container('asleep', 10)];
    const result = loops(three, ['a', 'b'], kernel);
    expect(Math.abs(own(result, 'a') - (100 * 60) / 90)).toBeLessThan(0.3);
  });

  it('have shares of what their parent has', () => {
    const tree = [
      container('top', 60, { processes: [] }),
      container('a', 75, { parent: 'top' }),
      container('b', 25, { parent: 'top' }),
      container('c', 40),
    ];
    const result = loops(tree, ['a', 'b', 'c'], kernel);
    const all = { a: 45, b: 15, c: 40, top: 60 };
    for (const [name, pct] of Object.entries(all)) {
      expect(Math.abs(used(result, name) - pct)).toBeLessThan(0.3);
    }
  });

  it('keep a limit though nobody else wants the CPU, in every second', () => {
    for (const limitPct of [10, 30, 55]) {
      const result = loops([container('a', 50, { limitPct })], ['a'], kernel);
      const series = result.series.find(({ key }) => key === 'principal:vm1:a:used');
      for (const ns of series?.values ?? []) {
        expect(Math.abs((100 * ns) / SECOND_NS - limitPct)).toBeLessThan(1.1);
      }
      expect(Math.abs(used(result, 'a') - limitPct)).toBeLessThan(0.3);
      expect(total(result, 'idle')).toBeGreaterThan(0);
    }
  });

  it('keep a limit together, whatever their shares', () => {
    const tree = [
      container('top', 90, { processes: [], limitPct: 30 }),
      container('a', 50, { parent: 'top' }),
      container('b', 50, { parent: 'top' }),
      container('c', 10),
    ];
    const result = loops(tree, ['a', 'b', 'c'], kernel);
    expect(Math.abs(used(result, 'top') - 30)).toBeLessThan(0.3);
    expect(Math.abs(own(result, 'a') - 15)).toBeLessThan(0.5);
    expect(Math.abs(own(result, 'c') - 70)).toBeLessThan(0.3);
  });

  it('without a share has what nobody else wants', () => {
    const two = [container('idle', 0), container('a', 10, { limitPct: 40 })];
    const result = loops(two, ['idle', 'a'], kernel);
    expect(Math.abs(own(result, 'idle') - 60)).toBeLessThan(0.3);
    expect(own(loops(two.slice(0, 1), ['idle', 'other'], kernel), 'idle')).toBeLessThan(0.1);
  });
});

it('any shares are kept, to a timer tick in the time that is measured', () => {
  const shares = fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 2, maxLength: 4 });
  fc.assert(
    fc.property(shares, (percents) => {
      const containers = percents.map((pct, i) => container(`c${i}`, pct));
      const names = containers.map(({ name }) => name);
      const result = loops(containers, names, {}, 2 * SECOND_NS);
      const sum = percents.reduce((a, b) => a + b, 0);
      percents.forEach((pct, i) => {
        expect(Math.abs(own(result, `c${i}`) - (100 * pct) / sum)).toBeLessThan(1.5);
      });
    }),
    { numRuns: 15, seed: 1 },
  );
});

describe('work for clients', () => {
  const LRP = { kind: 'lrp', demuxSharePct: 8, channelSlots: 50 } as const;
  const O1: Partial<DomainInput> = { scheduler: 'o1-2.6.18' };
  const PACKET_NS = 25_000;
  const DEMUX_NS = 2000;

  const served = (over: Partial<ModelInput>, guest: Partial<DomainInput>) =>
    simulate(
      machineInput({
        pcpus: 2,
        durationNs: 3 * SECOND_NS,
        costs: { ...COSTS, dom0PacketNs: 1000, guestPacketNs: PACKET_NS, webRequestNs: 90_000 },
        domains: [
          domain('dom0', { affinity: [0] }),
          domain('vm1', { affinity: [1], reception: LRP, ...O1, ...guest }),
        ],
        processes: [webServer('vm1')],
        ...over,
      }),
      1,
    );

  it('is charged to their container, and the rest to that of the server', () => {
    const rate = 300;
    const result = served(
      { clients: [httperf(rate), httperf(2 * rate, { name: 'other' })] },
      contained(
        [
          container('server', 50, { processes: ['httpd'] }),
          container('guests', 50, { processes: [], clients: ['other'] }),
        ],
        O1,
      ),
    );
    const requestNs = 90_000 + 2 * PACKET_NS + 6 * (PACKET_NS - DEMUX_NS) + 2 * PACKET_NS;
    // What is at interrupt level is charged to whoever runs.
    const atInterruptNs = 6 * DEMUX_NS;
    for (const [name, per] of [
      ['server', rate],
      ['guests', 2 * rate],
    ] as const) {
      const pct = (100 * per * requestNs) / SECOND_NS;
      expect(used(result, name)).toBeGreaterThan(pct - 0.3);
      expect(used(result, name)).toBeLessThan(pct + (300 * rate * atInterruptNs) / SECOND_NS + 0.5);
    }
  });

  it('that nobody wants waits in a socket of its own: a flood costs finding its socket', () => {
    const rate = 40_000;
    const flooded = (kernel: Partial<DomainInput>) =>
      served({ clients: [httperf(4000, { maxOpen: 40 }), synFlood(rate)] }, kernel);
    const most = SECOND_NS / (10 * PACKET_NS + 90_000);
    const left = 1 - (rate * DEMUX_NS) / SECOND_NS;
    const apart = flooded(
      contained(
        [
          container('server', 90, { processes: ['httpd'] }),
          container('flood', 0, { processes: [], clients: ['flood'] }),
        ],
        O1,
      ),
    );
    expect(perSecond(apart, 'client:httperf:replies') / most).toBeGreaterThan(left - 0.04);
    expect(perSecond(flooded({}), 'client:httperf:replies') / most).toBeLessThan(0.02);
    expect(used(apart, 'flood')).toBeLessThan(3);
    expect(counter(apart, 'socket channel full')).toBeGreaterThan(2 * rate);
  });

  it('has to wait for its limit, and goes on with what still waits then', () => {
    const result = served(
      { clients: [synFlood(5000)] },
      contained([container('flood', 10, { processes: [], clients: ['flood'], limitPct: 5 })], O1),
    );
    // Nothing else runs; the limit is looked at before each packet.
    expect(used(result, 'flood')).toBeLessThan(6);
    expect(used(result, 'flood')).toBeGreaterThan(3.5);
  });

  it('of CGI processes is held to their share, and static pages have the rest', () => {
    const four = ['c1', 'c2', 'c3', 'c4'];
    const withCgi = (containers: readonly ContainerInput[]) =>
      served(
        {
          processes: [webServer('vm1'), ...four.map((name) => cgi(2 * SECOND_NS, name))],
          clients: [
            httperf(4000, { maxOpen: 40 }),
            ...four.map((target) => httperf(10, { name: target, target, maxOpen: 1 })),
          ],
        },
        containers.length === 0 ? {} : contained(containers, O1),
      );
    const most = SECOND_NS / (10 * PACKET_NS + 90_000);
    const part = (result: Result) => perSecond(result, 'client:httperf:replies') / most;
    expect(part(withCgi([]))).toBeLessThan(0.6);
    const sandbox = [container('cgi', 30, { processes: four, limitPct: 30 })];
    expect(Math.abs(part(withCgi(sandbox)) - 0.7)).toBeLessThan(0.05);
  });
});
