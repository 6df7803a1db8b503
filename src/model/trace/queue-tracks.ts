import type { Vif } from '../devices/vif.js';
import type { Machine } from '../machine.js';
import type { TraceSink } from './trace-sink.js';
import { Gauge, Occurrences, type Watch } from './tracks.js';

/** Requests that the disk has not answered. */
export function diskGauges(sink: TraceSink, machine: Machine): Watch[] {
  const { storage } = machine.parts;
  if (storage === null) return [];
  const counter = sink.counter(sink.group('disk'), 'disk queue', 'requests');
  return [new Gauge(sink, counter, () => storage.disk.waitingCount)];
}

/** The network's queues on the way of a packet, and what is dropped at each. */
export function networkTracks(sink: TraceSink, machine: Machine): Watch[] {
  const { nic, network, processes, input } = machine.parts;
  if (input.clients.length === 0) return [];
  const group = sink.group('network');
  const watches: Watch[] = [];
  const length = (name: string, unit: string, read: () => number) =>
    watches.push(new Gauge(sink, sink.counter(group, name, unit), read));
  const drops = (name: string, countOf: string, read: () => number) => {
    const track = sink.track(group, `drops: ${name}`);
    const label = sink.label(track, { name: `drop: ${name}`, category: 'drop', countOf });
    watches.push(new Occurrences(sink, label, read));
  };
  length('NIC ring', 'packets', () => nic.arrivals.waiting);
  drops('NIC ring', 'packets', () => nic.arrivals.lost);
  const nameOf = ({ domain }: Vif) => input.domains[domain]!.name;
  const vifs = [
    ...network.vifs.map((vif) => ({ vif, name: nameOf(vif) })),
    ...network.mirrors.map(({ from, to }) => ({
      vif: to,
      name: `${nameOf(to)} mirror of ${nameOf(from)}`,
    })),
  ];
  for (const { vif, name } of vifs) {
    length(`${name} vif queue`, 'packets', () => vif.deviceQueue.length);
    length(`${name} receive ring`, 'packets', () => vif.toGuest.length);
    length(`${name} transmit ring`, 'packets', () => vif.transmitRing.length);
    length(`${name} transmit queue`, 'packets', () => vif.guestQueue.length);
    drops(`${name} vif queue`, 'packets', () => vif.droppedIn);
    drops(`${name} receive ring`, 'packets', () => vif.droppedFull);
    drops(`${name} transmit queue`, 'packets', () => vif.droppedOut);
  }
  for (const { name, made } of processes) {
    for (const queue of made.queues ?? []) {
      length(`${name} ${queue.name}`, queue.unit, queue.length);
      drops(`${name} ${queue.name}`, queue.unit, queue.dropped);
    }
  }
  return watches;
}

/** RC.ids of each cage that is enforced: nobody works it out for the others. */
export function cageGauges(sink: TraceSink, machine: Machine): Watch[] {
  const cages = machine.parts.cages.filter((cage) => cage.input.enforce);
  if (cages.length === 0) return [];
  const group = sink.group('cages');
  return cages.map(({ input, idsUse }) => {
    const counter = sink.counter(group, `${input.name} RC.ids`, '% of a PCPU');
    return new Gauge(sink, counter, () => idsUse.usePct);
  });
}
