import type { GuestKernel } from '../guest/kernel.js';
import { RUNSTATE_NAMES } from '../hypervisor/runstate.js';
import type { Machine } from '../machine.js';
import type { TraceSink } from './trace-sink.js';
import { Gauge, StateTrack, Switch, type Watch } from './tracks.js';
import { WorkTrack } from './work-track.js';

/** A VCPU by its domain, and by its number there if it is not the first. */
export function vcpuName({ parts }: Machine, vcpu: number): string {
  const { input, kernels } = parts;
  const { domain } = kernels[vcpu]!;
  const before = kernels.filter((one) => one.domain === domain && one.vcpu < vcpu).length;
  const { name } = input.domains[domain]!;
  return before === 0 ? name : `${name} VCPU ${before}`;
}

/** A domain's VCPU: its runstate, what it works on, its credit, and what stops it or its tasks. */
export class VcpuTracks implements Watch {
  readonly work: WorkTrack;
  private readonly machine: Machine;
  private readonly vcpu: number;
  private readonly runstate: StateTrack;
  private readonly runstateLabels: readonly number[];
  private readonly watches: readonly Watch[];

  constructor(sink: TraceSink, machine: Machine, vcpu: number) {
    this.machine = machine;
    this.vcpu = vcpu;
    const { input, kernels } = machine.parts;
    const domains = input.domains.map((domain) => domain.name);
    const group = sink.group(`domain ${vcpuName(machine, vcpu)}`);
    const track = sink.track(group, 'runstate');
    this.runstate = new StateTrack(sink);
    this.runstateLabels = RUNSTATE_NAMES.map((name) =>
      sink.label(track, { name, category: 'runstate' }),
    );
    this.work = new WorkTrack(sink, group, kernels[vcpu]!, domains);
    this.watches = [...gaugesOf(sink, machine, group, vcpu), ...pauses(sink, machine, group, vcpu)];
  }

  look(nowNs: number): void {
    const state = this.machine.parts.host.runstates[this.vcpu]!.state;
    this.runstate.enter(this.runstateLabels[state]!, nowNs);
    for (let i = 0; i < this.watches.length; i++) this.watches[i]!.look(nowNs);
  }

  end(nowNs: number): void {
    this.runstate.end(nowNs);
    this.work.end();
  }
}

function gaugesOf(sink: TraceSink, machine: Machine, group: number, vcpu: number): Gauge[] {
  const { scheduler, kernels } = machine.parts;
  const runnable = () => runnableTasks(kernels[vcpu]!);
  return [
    ...scheduler.gaugesOf(vcpu),
    { name: 'runnable tasks', unit: 'tasks', read: runnable },
  ].map(({ name, unit, read }) => new Gauge(sink, sink.counter(group, name, unit), read));
}

function runnableTasks({ tasks }: GuestKernel): number {
  let count = 0;
  for (let i = 0; i < tasks.length; i++) if (tasks[i]!.runnable) count++;
  return count;
}

/** A VCPU that is parked, and processes that are stopped by a signal. */
function pauses(sink: TraceSink, machine: Machine, group: number, vcpu: number): Switch[] {
  const { scheduler, kernels } = machine.parts;
  const track = sink.track(group, 'parking and signals');
  const label = (name: string, category: string) => sink.label(track, { name, category });
  const parking = new Switch(sink, label('park', 'credit'), label('unpark', 'credit'), () =>
    scheduler.vcpus[vcpu]!.isParked(),
  );
  const signals = kernels[vcpu]!.tasks.filter((task) => task.space !== 0).map((task) => {
    const stop = label(`SIGSTOP ${task.name}`, 'signal');
    const goOn = label(`SIGCONT ${task.name}`, 'signal');
    return new Switch(sink, stop, goOn, () => task.stopped);
  });
  return [parking, ...signals];
}
