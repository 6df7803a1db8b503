import type { Machine } from '../machine.js';
import { PcpuTracks } from './pcpu-tracks.js';
import { cageGauges, diskGauges, networkTracks } from './queue-tracks.js';
import type { TraceSink } from './trace-sink.js';
import type { Watch } from './tracks.js';
import { VcpuTracks } from './vcpu-tracks.js';

/**
 * Tells a sink what a machine does. It runs the machine an instant at a time and looks at it after
 * each, so that a machine without it has nothing to report. An instrument: it changes nothing.
 */
export class Observer {
  private readonly machine: Machine;
  private readonly originNs: number;
  private readonly pcpus: readonly PcpuTracks[];
  private readonly vcpus: readonly VcpuTracks[];
  private readonly watches: readonly Watch[];

  /** Tracing starts now. */
  constructor(machine: Machine, sink: TraceSink) {
    this.machine = machine;
    const { input, kernels, clock } = machine.parts;
    this.originNs = input.warmupNs;
    const group = sink.group('PCPUs');
    this.vcpus = kernels.map((_, v) => new VcpuTracks(sink, machine, v));
    const works = this.vcpus.map(({ work }) => work);
    this.pcpus = Array.from(
      { length: input.pcpus },
      (_, p) => new PcpuTracks(sink, machine, group, p, works),
    );
    this.watches = [
      ...this.pcpus,
      ...this.vcpus,
      ...cageGauges(sink, machine),
      ...networkTracks(sink, machine),
      ...diskGauges(sink, machine),
    ];
    this.look(clock.nowNs);
  }

  /** As `Machine.runUntil`. */
  runUntil(endNs: number): void {
    const { machine } = this;
    for (;;) {
      const nowNs = machine.nextEventNs();
      if (nowNs >= endNs) break;
      this.advance(nowNs);
      machine.runEvents(nowNs + 1);
      this.look(nowNs);
    }
    this.advance(endNs);
  }

  /** Lets the time pass until the next event, or to a time before that. */
  private advance(nowNs: number): void {
    for (let p = 0; p < this.pcpus.length; p++) this.pcpus[p]!.work?.beforeAccrual();
    this.machine.runUntil(nowNs);
    for (let p = 0; p < this.pcpus.length; p++) this.pcpus[p]!.work?.afterAccrual();
  }

  /** Tracing ends now: whatever is open ends. */
  end(): void {
    const timeNs = this.machine.parts.clock.nowNs - this.originNs;
    for (const tracks of this.pcpus) tracks.end(timeNs);
    for (const tracks of this.vcpus) tracks.end(timeNs);
  }

  private look(nowNs: number): void {
    const timeNs = nowNs - this.originNs;
    const { watches } = this;
    for (let i = 0; i < watches.length; i++) watches[i]!.look(timeNs);
  }
}
