/** A PCPU keeps what it has loaded until another VCPU runs there. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Clock } from '../../../src/model/engine/clock.js';
import { EventQueue } from '../../../src/model/engine/event-queue.js';
import { RandomStream } from '../../../src/model/engine/random-stream.js';
import { AS_CONFIGURED } from '../../../src/model/hypervisor/allocation.js';
import type { Guest } from '../../../src/model/hypervisor/guest.js';
import { Host } from '../../../src/model/hypervisor/host.js';
import { type Decision, Scheduler } from '../../../src/model/hypervisor/scheduler.js';
import { type SchedPcpu, Vcpu } from '../../../src/model/hypervisor/vcpu.js';
import type { ModelInput, ProcessInputOf, RunResult } from '../../../src/model/index.js';
import { simulate } from '../../../src/model/index.js';
import { COSTS, domain, loop, machineInput, SECOND_NS } from '../machine-input.js';

const MS = 1_000_000;
const PASS_NS = 1_100;
const SWITCH_NS = 4_700;

/** Runs for 1 ms in every 10, so long after each multiple of 10 ms. */
function bursts(name: string, domainName: string, offsetNs: number): ProcessInputOf<'periodic'> {
  return {
    program: 'periodic',
    name,
    domain: domainName,
    nice: 0,
    startNs: 0,
    runNs: MS,
    everyNs: 10 * MS,
    offsetNs,
    jitter: { kind: 'none' },
    clock: 'exact',
    align: 'none',
  };
}

function run(over: Partial<ModelInput>): RunResult {
  const costs = { ...COSTS, schedulerPassNs: PASS_NS, vcpuSwitchNs: SWITCH_NS };
  return simulate(
    machineInput({ warmupNs: 900 * MS, durationNs: 9 * SECOND_NS, costs, ...over }),
    1,
  );
}

/** How often the PCPU's state was left as it is, and how often it was changed. */
function counts({ ledger }: RunResult) {
  const timeNs = (kind: string) =>
    ledger.filter(({ work }) => work === kind).reduce((sum, { ns }) => sum + ns, 0);
  return {
    passes: timeNs('scheduler pass') / PASS_NS,
    switches: timeNs('VCPU switch') / (PASS_NS + SWITCH_NS),
  };
}

describe('on one PCPU', () => {
  it('a VCPU that is alone comes back from idle without a switch', () => {
    const result = run({ processes: [bursts('a', 'vm1', 2 * MS)] });
    expect(counts(result)).toEqual({ passes: 900, switches: 0 });
  });

  it('two VCPUs that take turns are switched each time, idle time between them or not', () => {
    const domains = [domain('dom0'), domain('vm1'), domain('vm2')];
    const processes = [bursts('a', 'vm1', 2 * MS), bursts('b', 'vm2', 5 * MS)];
    const result = run({ domains, processes });
    expect(counts(result)).toEqual({ passes: 0, switches: 2 * 900 });
  });

  it('a busy VCPU that is alone pays for a pass at the end of each slice of 30 ms', () => {
    const result = run({ processes: [loop('loop', 'vm1')] });
    expect(counts(result)).toEqual({ passes: 300, switches: 0 });
  });
});

/** A placement: who is to run on a PCPU next; 0 for nobody, else a VCPU, counted from 1. */
interface Placement {
  readonly pcpu: number;
  readonly who: number;
}

interface Switch {
  readonly pcpu: number;
  readonly vcpu: number;
  readonly wasLoaded: boolean;
}

class AnyVcpu extends Vcpu {
  override isParked(): boolean {
    return false;
  }
}

/** Puts VCPUs where it is told to, but none on two PCPUs. */
class Placed extends Scheduler {
  override readonly vcpus: readonly AnyVcpu[];
  override readonly pcpus: readonly SchedPcpu[];
  override readonly tickNs = Infinity;
  who = 0;

  constructor(pcpus: number, vcpus: number) {
    super(pcpus);
    this.pcpus = Array.from({ length: pcpus }, (_, number) => {
      const pcpu = { number } as { number: number; idle: Vcpu; current: Vcpu };
      pcpu.idle = new AnyVcpu(-1, -1, pcpu, 0);
      pcpu.current = pcpu.idle;
      return pcpu;
    });
    this.vcpus = Array.from(
      { length: vcpus },
      (_, v) => new AnyVcpu(v, v, this.pcpus[v % pcpus]!, -1),
    );
  }

  protected override doSchedule(pcpu: SchedPcpu): Decision {
    const vcpu = this.vcpus[this.who - 1] ?? pcpu.idle;
    const elsewhere = vcpu.isRunning() && vcpu.pcpu !== pcpu;
    if (!elsewhere) vcpu.pcpu = pcpu;
    return { vcpu: elsewhere ? pcpu.idle : vcpu, sliceNs: SECOND_NS };
  }

  protected override vcpuWakes(): void {}
  protected override vcpuSleeps(): void {}
  override tick(): void {}
  override adjust(): void {}
  override waiting(): number {
    return 0;
  }
  override gaugesOf(): [] {
    return [];
  }
}

/** How the VCPUs found the PCPUs that they were put on, one after another. */
function switchesOf(pcpus: number, vcpus: number, placements: readonly Placement[]): Switch[] {
  const clock = new Clock();
  const scheduler = new Placed(pcpus, vcpus);
  const queue = new EventQueue(2 * pcpus);
  const lateness = { mostNs: 0, random: new RandomStream(1, 'ticker') };
  const host = new Host(clock, scheduler, queue, { firstTicker: 0, firstSlice: pcpus }, lateness);
  const switches: Switch[] = [];
  const guests = scheduler.vcpus.map(
    ({ number: vcpu }): Guest => ({
      switchedIn: ({ number: pcpu }, wasLoaded) => switches.push({ pcpu, vcpu, wasLoaded }),
      switchedOut: () => {},
      goesOn: () => {},
      workDone: () => {},
      periodicTimer: () => {},
      stopPeriodicTimer: () => {},
      singleShot: () => {},
      interrupt: () => {},
    }),
  );
  host.start(guests, AS_CONFIGURED);
  for (const { pcpu, who } of placements) {
    clock.nowNs += MS;
    scheduler.who = who;
    scheduler.requestReschedule(scheduler.pcpus[pcpu % pcpus]!);
    host.reschedulePending();
  }
  return switches;
}

describe('on several PCPUs', () => {
  it('a VCPU finds its state where it ran last, if nobody else has run there since', () => {
    const placements = fc.array(fc.record({ pcpu: fc.nat(3), who: fc.nat(4) }), {
      minLength: 20,
      maxLength: 60,
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), placements, (pcpus, steps) => {
        const switches = switchesOf(pcpus, 4, steps);
        switches.forEach(({ pcpu, vcpu, wasLoaded }, i) => {
          const before = switches.slice(0, i);
          const lastHere = before.findLast((one) => one.pcpu === pcpu);
          const last = before.findLast((one) => one.vcpu === vcpu);
          expect(wasLoaded).toBe(lastHere?.vcpu === vcpu && last?.pcpu === pcpu);
        });
      }),
    );
  });
});
