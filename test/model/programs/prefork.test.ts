/** A web server with a worker on each VCPU of its domain, and one accept queue for all. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemble } from '../../../src/model/assembly/assemble.js';
import { connectionOf, makeConnection } from '../../../src/model/devices/packet.js';
import type { TcpListener } from '../../../src/model/devices/tcp-listener.js';
import type { GuestKernel } from '../../../src/model/guest/kernel.js';
import { RescheduleIpi } from '../../../src/model/guest/reschedule-ipi.js';
import { Task } from '../../../src/model/guest/task.js';
import {
  type LedgerRow,
  type ModelInput,
  simulate,
  snifferSeries,
} from '../../../src/model/index.js';
import { WebServer } from '../../../src/model/programs/web-server.js';
import type { WebWorker } from '../../../src/model/programs/web-worker.js';
import {
  COSTS,
  cage,
  cgi,
  domain,
  EXACT,
  httperf,
  loop,
  machineInput,
  SECOND_NS,
  snort,
  webServer,
} from '../machine-input.js';
import { percent, perSecond, total } from '../readings.js';

const MS = 1e6;
/** Of a page's ten packets the kernel receives six and answers two at once, in the softirq. */
const RECEIVED_NS = 8 * COSTS.guestPacketNs;
const SENT_NS = 2 * COSTS.guestPacketNs;

const prefork = { ...webServer('vm1'), workers: 'per-vcpu' } as const;

/** Domain 0 on a PCPU of its own, where packets cost little, and one for each VCPU of the VM. */
function served(vcpus: number, rate: number, over: Partial<ModelInput> = {}): ModelInput {
  const own = Array.from({ length: vcpus }, (_, i) => i + 1);
  return machineInput({
    pcpus: vcpus + 1,
    durationNs: 5 * SECOND_NS,
    costs: { ...COSTS, dom0PacketNs: 1000 },
    domains: [domain('dom0'), domain('vm1', { vcpus, affinity: own })],
    processes: [prefork],
    clients: [httperf(rate / 2), httperf(rate / 2, { name: 'other' })],
    ...over,
  });
}

const replies = (result: ReturnType<typeof simulate>) =>
  perSecond(result, 'client:httperf:replies') + perSecond(result, 'client:other:replies');

const responseNs = (result: ReturnType<typeof simulate>) =>
  total(result, 'client:httperf:response') / total(result, 'client:httperf:replies');

const workNs = ({ ledger }: { ledger: readonly LedgerRow[] }, work: string) =>
  ledger.reduce((sum, row) => sum + (row.domain === 'vm1' && row.work === work ? row.ns : 0), 0);

describe('a prefork web server that is asked for more than it can serve', () => {
  // Long pages, for which hardly anything is received, and short ones.
  const cases: [number, number][] = [
    [2, 1000],
    [3, 1000],
    [2, 60],
  ];
  it.each(cases)('has %i VCPUs work all the time on pages of %i us', (vcpus, requestUs) => {
    const costs = { ...COSTS, dom0PacketNs: 1000, webRequestNs: requestUs * 1000 };
    const pageNs = costs.webRequestNs + RECEIVED_NS + SENT_NS;
    const most = (vcpus * SECOND_NS) / pageNs;
    const cages = [cage({ processes: ['httpd'], enforce: false })];
    const result = simulate(served(vcpus, 1.3 * most, { costs, cages }), 1);
    expect(percent(result, 'domain:vm1:cpu')).toBeGreaterThan(100 * vcpus - 0.1);
    // SYNs that find the queue full cost some.
    expect(replies(result)).toBeLessThanOrEqual(most * 1.001);
    expect(replies(result)).toBeGreaterThan(most * 0.97);
    // What the workers have is all but what is received, which the first VCPU does.
    const receivedPct = (100 * RECEIVED_NS * replies(result)) / SECOND_NS;
    const own = percent(result, 'process:httpd:true');
    expect(own).toBeLessThanOrEqual(100 * vcpus - receivedPct + 0.1);
    expect(own).toBeGreaterThan(0.97 * (100 * vcpus - receivedPct));
    // A monitor of the process adds them all up.
    expect(percent(result, 'cage:cage:used')).toBe(percent(result, 'process:httpd:cr3'));
    expect(percent(result, 'process:httpd:cr3')).toBeGreaterThan(own);
  });

  it('needs no interrupts between VCPUs: no worker sleeps while connections wait', () => {
    const costs = { ...COSTS, webRequestNs: 5 * MS, deviceInterruptNs: 2000 };
    const result = simulate(served(2, 1000, { costs }), 1);
    expect(workNs(result, 'reschedule interrupts')).toBe(0);
  });

  it.each([80, 150])('keeps a cap of %i', (capPct) => {
    const costs = { ...COSTS, webRequestNs: MS };
    const domains = [domain('dom0'), domain('vm1', { vcpus: 2, affinity: [1, 2], capPct })];
    const result = simulate(served(2, 3000, { costs, domains, hypervisor: EXACT }), 1);
    expect(Math.abs(percent(result, 'domain:vm1:cpu') - capPct)).toBeLessThan(1.5);
  });

  it('uses with Snort in domain 0 what a cage of 150 gives them', () => {
    const costs = { ...COSTS, webRequestNs: MS };
    const cages = [cage({ vms: ['vm1'], processes: ['snort'], capPct: 150 })];
    const processes = [prefork, snort('dom0', 'vm1')];
    const input = served(2, 3000, { costs, cages, processes, hypervisor: EXACT });
    const result = simulate(input, 1);
    expect(Math.abs(percent(result, 'cage:cage:used') - 150)).toBeLessThan(1.5);
  });
});

describe('a prefork web server with little to do', () => {
  it('is the same as any other in a domain with one VCPU', () => {
    const one = served(1, 3000, { processes: [webServer('vm1')], durationNs: SECOND_NS });
    const { events, ...plain } = simulate(one, 1);
    expect(simulate({ ...one, processes: [prefork] }, 1)).toEqual({ events, ...plain });
  });

  it('takes turns: half of the connections interrupt the other VCPU, two or three times', () => {
    const interruptNs = 2000;
    const result = simulate(
      served(2, 200, { costs: { ...COSTS, deviceInterruptNs: interruptNs } }),
      1,
    );
    const pages = total(result, 'client:httperf:replies') + total(result, 'client:other:replies');
    expect(replies(result)).toBeCloseTo(200, 0);
    const interrupts = workNs(result, 'reschedule interrupts') / interruptNs;
    // For the connection, for its request if it comes later, and when the client has closed.
    expect(interrupts).toBeGreaterThan(2 * 0.45 * pages);
    expect(interrupts).toBeLessThan(3 * 0.55 * pages);
  });

  it('wakes a process of the first VCPU that waits for what another sends', () => {
    const processes = [prefork, snort('vm1', 'vm1')];
    const result = simulate(served(2, 100, { processes }), 1);
    const packets = total(result, snifferSeries.offered('snort'));
    expect(packets / (5 * replies(result))).toBeCloseTo(10, 0);
    expect(total(result, snifferSeries.missed('snort'))).toBe(0);
    const inspectedPct = (100 * packets * COSTS.snortPacketNs) / (5 * SECOND_NS);
    expect(percent(result, 'process:snort:true')).toBeCloseTo(inspectedPct, 1);
  });

  it('hands the requests of all its workers to a CGI process at once', () => {
    const clients = [httperf(50, { target: 'cgi' })];
    const response = (server: ModelInput['processes'][number]) =>
      responseNs(simulate(served(2, 0, { processes: [server, cgi(MS)], clients }), 1));
    // A request that had to wait for the next interrupt would take up to a jiffy more.
    expect(response(prefork) / response(webServer('vm1'))).toBeCloseTo(1, 1);
  });

  it('is not slowed down by a loop on the other VCPU, whose kernel prefers what has slept', () => {
    const response = (processes: ModelInput['processes']) =>
      responseNs(simulate(served(2, 200, { processes }), 1));
    const spinning = [prefork, { ...loop('spin', 'vm1'), vcpu: 1 }];
    expect(response(spinning)).toBeLessThan(1.1 * response([prefork]));
  });
});

describe('on a machine', () => {
  const machines = fc.record({
    vcpus: fc.integer({ min: 2, max: 4 }),
    requestNs: fc.integer({ min: 10_000, max: 5 * MS }),
    load: fc.double({ min: 0.1, max: 1.2, noNaN: true }),
    interruptNs: fc.constantFrom(0, 2000),
    seed: fc.integer(),
  });

  // A worker that was woken for a connection may go on with others that it has, and then take it.
  it('no worker sleeps while more connections wait than workers are awake', () => {
    fc.assert(
      fc.property(machines, ({ vcpus, requestNs, load, interruptNs, seed }) => {
        const costs = { ...COSTS, dom0PacketNs: 1000, webRequestNs: requestNs };
        const rate = Math.min(20_000, (load * vcpus * SECOND_NS) / (requestNs + RECEIVED_NS));
        const over = { costs: { ...costs, deviceInterruptNs: interruptNs } };
        const machine = assemble([served(vcpus, rate, over)], seed);
        const { tasks, made } = machine.parts.processes[0]!;
        const waiting = made.queues![0]!.length;
        let most = 0;
        for (let ns = 0; ns < 0.1 * SECOND_NS; ns = machine.nextEventNs()) {
          machine.runEvents(ns + 1);
          const awake = tasks.filter(({ task }) => task.runnable).length;
          if (awake < vcpus) most = Math.max(most, waiting() - awake);
        }
        expect(most).toBe(0);
      }),
      { numRuns: 20 },
    );
  });
});

/** Workers on VCPUs that do nothing by themselves, and the order in which things happen. */
function pool(count: number) {
  const server = new WebServer(1000);
  const log: { accepted: number[]; woken: number[] } = { accepted: [], woken: [] };
  const tasks: Task[] = [];
  const workers: WebWorker[] = [];
  const costs = { serveNs: 4, closeNs: 1, packetNs: 1, sendKind: 0 };
  const kernelOf = (number: number) => {
    const kernel = {
      needsReschedule: false,
      owe: () => undefined,
      addLine: () => ({ handler: () => undefined, raise: () => undefined }),
      wakeTask: (task: Task) => {
        if (task.runnable) return;
        task.runnable = true;
        log.woken.push(number);
      },
    };
    return kernel as unknown as GuestKernel;
  };
  const first = kernelOf(0);
  for (let number = 0; number < count; number++) {
    const task = new Task('web', 2, 1, 0, 0);
    task.runnable = true;
    const kernel = number === 0 ? first : kernelOf(number);
    const remote =
      number === 0
        ? null
        : { toIt: new RescheduleIpi(kernel, 0), toFirst: new RescheduleIpi(first, 0) };
    workers.push(server.addWorker({ kernel, task, remote }, 1, costs));
    tasks.push(task);
  }
  const acceptedBy: number[] = [];
  const listener = {
    acceptConnection: (connection: number, worker: number) => {
      log.accepted.push(connection);
      acceptedBy.push(worker);
      return true;
    },
    segmentsOf: () => 1,
    respond: () => undefined,
    close: () => undefined,
  } as unknown as TcpListener;
  server.listen(0, listener, null);
  return { server, workers, tasks, log, acceptedBy };
}

describe('the accept queue of a prefork web server', () => {
  type Step = { readonly kind: 'arrives' | 'hangs up' | 'goes on'; readonly worker: number };
  const step = (count: number): fc.Arbitrary<Step> =>
    fc.record({
      kind: fc.constantFrom('arrives', 'hangs up', 'goes on', 'goes on'),
      worker: fc.nat(count - 1),
    });
  const runs = fc
    .integer({ min: 1, max: 5 })
    .chain((count) =>
      fc.record({ count: fc.constant(count), steps: fc.array(step(count), { maxLength: 200 }) }),
    );

  it('is first come, first served; each arrival wakes the worker that has slept longest', () => {
    fc.assert(
      fc.property(runs, ({ count, steps }) => {
        const { server, workers, tasks, log, acceptedBy } = pool(count);
        const busy = new Array<boolean>(count).fill(false);
        const arrived: number[] = [];
        const asleep: number[] = [];
        const goesOn = (at: number) => {
          if (!tasks[at]!.runnable) return;
          if (busy[at]) workers[at]!.finish();
          busy[at] = workers[at]!.begin() > 0;
          if (busy[at]) return;
          tasks[at]!.runnable = false;
          asleep.push(at);
        };
        for (const { kind, worker } of steps) {
          log.woken.length = 0;
          if (kind === 'goes on') {
            goesOn(worker);
            expect(log.woken).toEqual([]);
          } else if (kind === 'arrives') {
            const connection = connectionOf(makeConnection(0, 0, arrived.length));
            arrived.push(connection);
            server.accept.push(connection);
            server.acceptable();
            // The one that has waited longest, and no other.
            expect(log.woken).toEqual(asleep.splice(0, 1));
          } else if (acceptedBy.length > 0) {
            const owner = acceptedBy[worker % acceptedBy.length]!;
            server.hungUp(log.accepted[0]!, owner);
            const sleeps = asleep.indexOf(owner);
            expect(log.woken).toEqual(sleeps < 0 ? [] : asleep.splice(sleeps, 1));
          }
          expect(log.accepted).toEqual(arrived.slice(0, log.accepted.length));
          const awake = tasks.filter(({ runnable }) => runnable).length;
          if (awake < count) expect(server.accept.length).toBeLessThanOrEqual(awake);
        }
      }),
      { numRuns: 300 },
    );
  });
});
