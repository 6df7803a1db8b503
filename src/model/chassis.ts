import { Clock } from './engine/clock.js';
import { EventQueue } from './engine/event-queue.js';
import type { ModelInput } from './input.js';
import { NIC_INTERRUPT, Slots } from './machine-slots.js';

/** What every part of a machine is built on. */
export interface Chassis {
  readonly input: ModelInput;
  readonly seed: number;
  readonly clock: Clock;
  readonly queue: EventQueue;
  readonly slots: Slots;
}

/** `disks` is 0 if nothing reads the machine's disk. */
export function makeChassis(input: ModelInput, seed: number, disks: 0 | 1): Chassis {
  const { pcpus, domains, clients, processes } = input;
  const vcpus = domains.reduce((sum, domain) => sum + (domain.vcpus ?? 1), 0);
  const slots = new Slots(pcpus, vcpus, clients.length, processes.length, disks);
  const queue = new EventQueue(slots.count, slots.first[NIC_INTERRUPT]!);
  return { input, seed, clock: new Clock(), queue, slots };
}
