/**
 * The machine's events as queue slots. Slots are handed out in the order in which events of one
 * instant run: the end of the simulation, which is before all else of its instant, the
 * hypervisor's timers, the guests' timers, arrivals, starts. Ends of work come after all of them
 * and have no slots (`hypervisor/pcpu.ts`).
 */
export const END = 0;
export const TICKER = 1;
export const SLICE = 2;
export const PERIODIC_TIMER = 3;
export const SINGLE_SHOT = 4;
export const NIC_INTERRUPT = 5;
export const CLIENT_TICK = 6;
export const PROCESS_TIMER = 7;
export const DISK_INTERRUPT = 8;

export class Slots {
  /** By slot: what it is, and which of its kind. */
  readonly kind: Uint8Array;
  readonly index: Int32Array;
  /** By kind: its first slot. */
  readonly first: Int32Array;
  readonly count: number;

  constructor(pcpus: number, vcpus: number, clients: number, processes: number, disks: number) {
    const counts = [1, pcpus, pcpus, vcpus, vcpus, 1, clients, processes, disks];
    this.count = counts.reduce((sum, n) => sum + n, 0);
    this.kind = new Uint8Array(this.count);
    this.index = new Int32Array(this.count);
    this.first = new Int32Array(counts.length);
    let slot = 0;
    counts.forEach((count, kind) => {
      this.first[kind] = slot;
      for (let i = 0; i < count; i++, slot++) {
        this.kind[slot] = kind;
        this.index[slot] = i;
      }
    });
  }
}
