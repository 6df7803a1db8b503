import type { Machine } from '../machine.js';
import { TICKER } from '../machine-slots.js';
import type { TraceSink } from './trace-sink.js';
import { Gauge, NO_LABEL, Occurrences, StateTrack, type Watch } from './tracks.js';
import { vcpuName } from './vcpu-tracks.js';
import type { WorkTrack } from './work-track.js';

/** A PCPU: which VCPU runs, how many wait, and the timer of the hypervisor. */
export class PcpuTracks implements Watch {
  private readonly machine: Machine;
  private readonly pcpu: number;
  private readonly works: readonly WorkTrack[];
  private readonly running: StateTrack;
  private readonly vcpuLabels: readonly number[];
  private readonly watches: readonly Watch[];
  private readonly tick: (nowNs: number) => void;
  private last = -1;
  /** When the next tick is due; 0 before it was looked at. */
  private tickerNs = 0;

  /** `works` of the VCPUs are told when theirs starts to run. */
  constructor(
    sink: TraceSink,
    machine: Machine,
    group: number,
    pcpu: number,
    works: readonly WorkTrack[],
  ) {
    this.machine = machine;
    this.pcpu = pcpu;
    this.works = works;
    const { kernels, scheduler } = machine.parts;
    const track = sink.track(group, `PCPU ${pcpu}`);
    this.running = new StateTrack(sink);
    this.vcpuLabels = kernels.map(({ vcpu }) =>
      sink.label(track, { name: vcpuName(machine, vcpu), category: 'running' }),
    );
    const timer = sink.track(group, `PCPU ${pcpu} timer`);
    const tick = sink.label(timer, { name: 'tick', category: 'credit' });
    this.tick = (nowNs) => sink.instant(tick, nowNs, 1);
    const queue = sink.counter(group, `PCPU ${pcpu} run queue`, 'VCPUs');
    const waiting = new Gauge(sink, queue, () => scheduler.waiting(scheduler.pcpus[pcpu]!));
    if (pcpu > 0) {
      this.watches = [waiting];
      return;
    }
    const accounting = sink.label(timer, { name: 'accounting', category: 'credit' });
    this.watches = [waiting, new Occurrences(sink, accounting, () => scheduler.accountings)];
  }

  /** What the VCPU that runs here works on; null if the PCPU is idle. */
  get work(): WorkTrack | null {
    return this.last < 0 ? null : this.works[this.last]!;
  }

  look(nowNs: number): void {
    const { queue, slots, scheduler } = this.machine.parts;
    const tickerNs = queue.timeOf(slots.first[TICKER]! + this.pcpu);
    // A ticker that has run is set for its next tick.
    if (tickerNs !== this.tickerNs && this.tickerNs > 0) this.tick(nowNs);
    this.tickerNs = tickerNs;
    const vcpu = scheduler.pcpus[this.pcpu]!.current.number;
    if (vcpu !== this.last) {
      this.last = vcpu;
      this.running.enter(vcpu < 0 ? NO_LABEL : this.vcpuLabels[vcpu]!, nowNs);
      if (vcpu >= 0) this.works[vcpu]!.runs(nowNs);
    }
    for (let i = 0; i < this.watches.length; i++) this.watches[i]!.look(nowNs);
  }

  end(nowNs: number): void {
    this.running.end(nowNs);
  }
}
