import { ZERO_NS } from '../engine/clock.js';
import { NO_PROGRAM, type Program } from './program.js';

/** A process or kernel thread of one guest. Index 0 of a kernel's tasks is its idle task. */
export class Task {
  readonly name: string;
  /** Index in the kernel's task list and in its ledger. */
  readonly index: number;
  /** Its address space in the ledger; 0 for kernel threads and idle: they borrow. */
  readonly space: number;
  readonly nice: number;
  /** Ledger kind of the unit of work that it has begun; of its own work at first. */
  kind: number;
  /** What it runs. A program needs its task, which is there first. */
  program: Program = NO_PROGRAM;

  /** The process exists; before its start nothing wakes it. */
  started = false;
  runnable = false;
  /** Stopped by SIGSTOP; a wake-up meanwhile is kept for its SIGCONT. */
  stopped = false;
  wakesWhenContinued = false;
  /** A unit of work is begun and not finished; `leftNs` is what is left of it. */
  busy = false;
  leftNs = ZERO_NS;

  /** When its sleep is over, rounded up to a jiffy; Infinity if it waits for no timer. */
  wakeNs = Infinity;

  // Fields of the O(1) scheduler.
  prio = 0;
  timeSliceTicks = 0;
  sleepAvgNs = ZERO_NS;
  /** Sleep average from which it counts as interactive; known when it is first queued. */
  justInteractiveNs = ZERO_NS;
  /** It sleeps until pages come from a disk. */
  waitsForDisk = false;
  /** The part of its wait for the CPU that will count as sleep. */
  waitPart = ZERO_NS;
  expired = false;
  /** Position among equals: lower runs first. Negative before it was first on a run queue. */
  order = -1;
  /** When it last started or stopped running, or went to sleep. */
  stampNs = ZERO_NS;

  // Fields of CFS, which has an order and a time stamp, too.
  vruntimeNs = ZERO_NS;
  pickedNs = ZERO_NS;

  constructor(name: string, index: number, space: number, nice: number, kind: number) {
    this.name = name;
    this.index = index;
    this.space = space;
    this.nice = nice;
    this.kind = kind;
  }
}
