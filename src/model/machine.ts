import { type Cage, OcScheduler } from './cage/oc-scheduler.js';
import type { Chassis } from './chassis.js';
import type { TcpClient } from './clients/tcp-client.js';
import type { Network } from './devices/network.js';
import type { Nic } from './devices/nic.js';
import type { Storage } from './devices/storage.js';
import type { Clock } from './engine/clock.js';
import type { EventQueue } from './engine/event-queue.js';
import type { Alarm } from './guest/alarm.js';
import type { GuestKernel } from './guest/kernel.js';
import type { Host } from './hypervisor/host.js';
import type { Pcpu } from './hypervisor/pcpu.js';
import type { Scheduler } from './hypervisor/scheduler.js';
import type { Timers } from './hypervisor/timers.js';
import {
  CLIENT_TICK,
  DISK_INTERRUPT,
  END,
  NIC_INTERRUPT,
  PERIODIC_TIMER,
  PROCESS_TIMER,
  SINGLE_SHOT,
  SLICE,
  TICKER,
} from './machine-slots.js';
import type { MadeProgram, PlacedTask } from './programs/program-kind.js';

/** A process. */
export interface MachineProcess {
  readonly name: string;
  readonly domain: number;
  /** One, or one on each VCPU of its domain, the first first. */
  readonly tasks: readonly PlacedTask[];
  readonly startNs: number;
  readonly alarm: Alarm | null;
  readonly made: MadeProgram;
}

/** The parts of an assembled machine. */
export interface MachineParts extends Chassis {
  readonly scheduler: Scheduler;
  readonly host: Host;
  readonly timers: Timers;
  readonly kernels: readonly GuestKernel[];
  readonly nic: Nic;
  readonly network: Network;
  readonly clients: readonly TcpClient[];
  /** Null if nothing reads a disk. */
  readonly storage: Storage | null;
  readonly processes: readonly MachineProcess[];
  readonly cages: readonly Cage[];
}

/** The simulated machine: runs its events in order of time and slot. */
export class Machine {
  readonly parts: MachineParts;
  events = 0;
  private readonly clock: Clock;
  private readonly queue: EventQueue;
  private readonly scheduler: Scheduler;
  private readonly host: Host;
  private readonly pcpus: readonly Pcpu[];
  /** The PCPU of a machine with one. */
  private readonly only: Pcpu | null;
  private readonly endSlot: number;

  constructor(parts: MachineParts) {
    this.parts = parts;
    this.clock = parts.clock;
    this.queue = parts.queue;
    this.scheduler = parts.scheduler;
    this.host = parts.host;
    this.pcpus = parts.host.pcpus;
    this.only = this.pcpus.length === 1 ? this.pcpus[0]! : null;
    this.endSlot = parts.slots.first[END]!;
    const { queue, slots, host, kernels, processes, clients } = parts;
    host.start(kernels, new OcScheduler(parts.clock, kernels, parts.cages, parts.input.pcpus));
    processes.forEach((process, i) => {
      queue.schedule(slots.first[PROCESS_TIMER]! + i, process.startNs);
    });
    clients.forEach((client, i) => {
      queue.schedule(slots.first[CLIENT_TICK]! + i, client.nextTickNs());
    });
    if (parts.scheduler.isPending()) host.reschedulePending();
  }

  /** Runs all events before `endNs`; afterwards every ledger is up to date at `endNs`. */
  runUntil(endNs: number): void {
    const { clock, kernels } = this.parts;
    this.runEvents(endNs);
    clock.nowNs = endNs;
    for (const kernel of kernels) kernel.accrue();
  }

  /** When the next event is due; Infinity if there is none. */
  nextEventNs(): number {
    return Math.min(this.firstToEnd().workEndNs, this.queue.nextTimeNs());
  }

  /** Runs all events before `endNs` and stays at the time of the last. */
  runEvents(endNs: number): void {
    this.queue.schedule(this.endSlot, endNs);
    while (this.runToTimer());
  }

  /**
   * Runs events up to the next timer's; false if that is the end. A function of its own, as a loop
   * that is compiled while it runs has slower code than one that is entered anew.
   */
  private runToTimer(): boolean {
    const { queue, scheduler } = this;
    for (;;) {
      const pcpu = this.firstToEnd();
      const workNs = pcpu.workEndNs;
      const timerNs = queue.nextTimeNs();
      if (timerNs <= workNs) return this.timer(queue.nextSlot(), timerNs);
      this.advance(workNs);
      pcpu.guest!.workDone();
      if (scheduler.isPending()) this.reschedule();
    }
  }

  /** False for the end, which is no event. */
  private timer(slot: number, timeNs: number): boolean {
    if (slot === this.endSlot) {
      this.queue.cancel(slot);
      return false;
    }
    this.advance(timeNs);
    this.handle(slot);
    if (this.scheduler.isPending()) this.reschedule();
    return true;
  }

  /** An instant ends with its reschedules, which may bring more work into it. */
  private reschedule(): void {
    const { nowNs } = this.clock;
    const ends = this.firstToEnd().workEndNs > nowNs && this.queue.nextTimeNs() > nowNs;
    if (ends) this.host.reschedulePending();
  }

  /** On to the next event. */
  private advance(timeNs: number): void {
    const { clock } = this;
    if (timeNs < clock.nowNs) throw new Error(`event at ${timeNs} ns after ${clock.nowNs} ns`);
    clock.nowNs = timeNs;
    this.events++;
  }

  /** The PCPU whose work ends first; the lowest among equal times. */
  private firstToEnd(): Pcpu {
    return this.only ?? this.firstOfMany();
  }

  private firstOfMany(): Pcpu {
    const { pcpus } = this;
    let first = pcpus[0]!;
    for (let p = 1; p < pcpus.length; p++) {
      if (pcpus[p]!.workEndNs < first.workEndNs) first = pcpus[p]!;
    }
    return first;
  }

  private handle(slot: number): void {
    const { slots, timers, network, storage } = this.parts;
    const index = slots.index[slot]!;
    switch (slots.kind[slot]!) {
      case TICKER:
      case SLICE:
      case PERIODIC_TIMER:
      case SINGLE_SHOT:
        timers.due(slot);
        return;
      case NIC_INTERRUPT:
        network.nicPoll.nicFires();
        return;
      case CLIENT_TICK:
        this.clientTick(index, slot);
        return;
      case PROCESS_TIMER:
        this.processTimer(index, slot);
        return;
      case DISK_INTERRUPT:
        storage!.dom0Block.diskFires();
        return;
    }
  }

  private clientTick(index: number, slot: number): void {
    const client = this.parts.clients[index]!;
    client.tick(this.parts.clock.nowNs);
    this.parts.queue.schedule(slot, client.nextTickNs());
    this.parts.nic.arm();
  }

  /** Its start at first, then its alarm, if it has one. */
  private processTimer(index: number, slot: number): void {
    const { tasks, alarm } = this.parts.processes[index]!;
    if (tasks[0]!.task.started) {
      alarm?.fires();
    } else {
      this.parts.queue.cancel(slot);
      for (const { kernel, task } of tasks) kernel.startTask(task);
    }
  }
}
