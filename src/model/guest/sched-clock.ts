import type { Clock } from '../engine/clock.js';
import type { VcpuTimes } from '../hypervisor/guest.js';

/**
 * The clock that CFS measures run time with. A paravirtual guest's leaves out the time in which
 * its VCPU wanted to run and did not; a fully virtualised guest's cannot know of it.
 */
export class SchedClock {
  private readonly clock: Clock;
  private readonly times: VcpuTimes;
  private readonly vcpu: number;
  private readonly knowsStolen: boolean;

  constructor(clock: Clock, times: VcpuTimes, vcpu: number, knowsStolen: boolean) {
    this.clock = clock;
    this.times = times;
    this.vcpu = vcpu;
    this.knowsStolen = knowsStolen;
  }

  nowNs(): number {
    const nowNs = this.clock.nowNs;
    return this.knowsStolen ? nowNs - this.times.stolenNs(this.vcpu) : nowNs;
  }
}
