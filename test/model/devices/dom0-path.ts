import { Arrivals } from '../../../src/model/devices/arrivals.js';
import { makeDom0Network } from '../../../src/model/devices/dom0-network.js';
import type { Dom0Steps } from '../../../src/model/devices/dom0-step.js';
import { Nic } from '../../../src/model/devices/nic.js';
import { makeConnection, packetOf, RESPONSE, SYN } from '../../../src/model/devices/packet.js';
import type { Tap } from '../../../src/model/devices/taps.js';
import { Vif } from '../../../src/model/devices/vif.js';
import { Clock } from '../../../src/model/engine/clock.js';
import { EventQueue } from '../../../src/model/engine/event-queue.js';
import type { EventChannel } from '../../../src/model/guest/event-channel.js';
import type { InterruptLine } from '../../../src/model/guest/interrupt-line.js';
import type { GuestKernel } from '../../../src/model/guest/kernel.js';
import type { KernelTimer } from '../../../src/model/guest/kernel-timer.js';
import { Softirqs } from '../../../src/model/guest/softirqs.js';

type Step = keyof Dom0Steps;

/** CPU time of a packet's steps. */
const STEP_NS = { bridgeIn: 3, netbackIn: 5, netbackOut: 7, bridgeOut: 11 };
const STEPS = Object.keys(STEP_NS) as Step[];
const kindOf = (step: Step, guest: number) => STEPS.length * guest + STEPS.indexOf(step);

/** A piece of work: how many packets take a step, for which guest, in which pass of softirqs. */
export interface Work {
  readonly pass: number;
  readonly step: Step;
  readonly guest: number;
  readonly packets: number;
}

/**
 * Domain 0's network path with so many guests, numbered from 1. Each has a client of its own, with
 * the index before it. Guests do nothing by themselves, and nothing but softirqs runs.
 */
export class Dom0Path {
  readonly vifs: readonly Vif[];
  /** By guest: what the sniffer on its vif has seen, what its client got, and events for it. */
  readonly sniffed: number[][] = [];
  readonly sent: number[][] = [];
  readonly events: number[] = [];
  readonly clock = new Clock();
  /** Domain 0's kernel timers. */
  readonly timers: KernelTimer[] = [];
  private readonly arrivals = new Arrivals(1000);
  private readonly softirqs = new Softirqs();
  private readonly nicLine = lineOf();
  private readonly netbackLine = lineOf();
  private readonly owed: [kind: number, ns: number][] = [];
  private readonly kernel: GuestKernel;
  private pass = 0;
  private packets = 0;

  /** Each guest has posted so many buffers. */
  constructor(guests: number, buffers: number, netbackSlots = 1) {
    const { softirqs, owed, clock, timers } = this;
    this.countPasses();
    const owe = (kind: number, ns: number) => owed.push([kind, ns]);
    const addTimer = (timer: KernelTimer) => timers.push(timer);
    const kernel = { softirqs, clock, kind: 0, owe, addTimer };
    this.kernel = kernel as unknown as GuestKernel;
    const numbers = Array.from({ length: guests }, (_, g) => g + 1);
    this.vifs = numbers.map((guest) => {
      this.events[guest] = 0;
      this.sniffed[guest] = [];
      this.sent[guest] = [];
      const kinds = Object.fromEntries(STEPS.map((step) => [step, kindOf(step, guest)]));
      const front = channelOf(() => this.events[guest]!++);
      const back = channelOf(() => this.guestEvent());
      const all = { ...(kinds as Record<Step, number>), interrupt: 0 };
      const vif = new Vif(guest, all, front, back, buffers, 256, 32);
      vif.postedBuffers = buffers;
      vif.taps.add(tapOf(this.sniffed[guest]!));
      return vif;
    });
    makeDom0Network({
      kernel: this.kernel,
      nic: new Nic(clock, new EventQueue(1), 0, this.arrivals, 0),
      nicLine: this.nicLine,
      netbackLine: this.netbackLine,
      vifs: this.vifs,
      vifOfClient: this.vifs,
      clients: numbers.map((guest) => ({ receive: noting(this.sent[guest]!) })),
      netbackSlots,
      mirrors: [],
      budgets: { poll: 64, run: 300 },
      stepNs: STEP_NS,
    });
  }

  /** Packets of the clients of these guests come to the NIC, which interrupts. */
  arrive(...guests: readonly number[]): number[] {
    const { clock } = this;
    const packets = guests.map((guest) => this.packet(guest, SYN));
    packets.forEach((packet, i) => {
      this.arrivals.add(packet, clock.nowNs + 1 + i);
    });
    clock.nowNs += packets.length;
    this.nicLine.handler();
    return packets;
  }

  /** A guest puts so many packets into its transmit ring, and tells. */
  send(guest: number, count: number): number[] {
    const packets = Array.from({ length: count }, () => this.packet(guest, RESPONSE));
    for (const packet of packets) this.vifs[guest - 1]!.transmitRing.push(packet);
    this.guestEvent();
    return packets;
  }

  /** Runs softirqs until none is raised; `between` comes after each piece of one's work. */
  run(between: (work: readonly Work[]) => void = () => {}): Work[] {
    const { softirqs, owed, kernel } = this;
    const done: Work[] = [];
    this.pass = 0;
    for (;;) {
      softirqs.restart();
      const ns = softirqs.begin();
      if (ns === 0) return done;
      const pieces = [...owed.splice(0), [kernel.kind, ns] as const].map(([kind, workNs]) => {
        const step = STEPS[kind % STEPS.length]!;
        const guest = Math.floor(kind / STEPS.length);
        return { pass: this.pass, step, guest, packets: workNs / STEP_NS[step] };
      });
      softirqs.finish();
      done.push(...pieces);
      between(pieces);
    }
  }

  /** A timer tick of domain 0. */
  tick(nowNs: number): void {
    this.clock.nowNs = nowNs;
    for (const timer of this.timers) timer.tick();
  }

  /** A guest's event channel, which is the same for all. */
  guestEvent(): void {
    this.netbackLine.handler();
  }

  /** With every softirq that is raised another is, which the next pass runs first. */
  private countPasses(): void {
    const { softirqs } = this;
    const counting = softirqs.open({
      begin: () => {
        this.pass++;
        return 0;
      },
      finish: () => {},
    });
    const raise = softirqs.raise.bind(softirqs);
    softirqs.raise = (number) => {
      raise(number);
      raise(counting);
    };
  }

  private packet(guest: number, type: number): number {
    return packetOf(makeConnection(guest - 1, 0, this.packets++ % 4096), type);
  }
}

function lineOf(): InterruptLine {
  return { handler: () => {} } as unknown as InterruptLine;
}

function channelOf(notify: () => void): EventChannel {
  return { notify } as unknown as EventChannel;
}

function noting(seen: number[]) {
  return (packets: Int32Array, from: number, to: number) => {
    seen.push(...packets.slice(from, to));
  };
}

function tapOf(seen: number[]): Tap {
  return { packet: (packet) => seen.push(packet), batch: noting(seen) };
}
