import type { KernelTimer } from '../kernel-timer.js';
import type { Task } from '../task.js';
import type { Principal, SocketPrincipals } from './principal.js';

/**
 * A guest's process scheduler for its one VCPU. The current task stays in the queue's
 * books while it runs.
 */
export interface RunQueue {
  /**
   * Puts a task that slept (or is new) on the queue; true if it should preempt `current`.
   * @param byInterrupt whether an interrupt or a softirq wakes it, not a process
   */
  wake(task: Task, current: Task, byInterrupt: boolean): boolean;
  /** Takes the current task off the queue: it goes to sleep. */
  sleep(task: Task): void;
  /** Takes a task that is not current off the queue: it is stopped. */
  remove(task: Task): void;
  /** The task to run now, or null for idle. */
  pick(): Task | null;
  /** Notes that `task` starts to run. */
  runs(task: Task): void;
  /** Notes that `task` is preempted. */
  preempted(task: Task): void;
  /** One timer tick hit `task`, which is not idle; true if another may have to run. */
  tick(task: Task): boolean;
  /** When an idle kernel has to look again; left out: it need not, before a task wakes. */
  readonly timer?: KernelTimer;
  /** Whom it charges besides tasks, in their order; left out: nobody. */
  readonly principals?: readonly Principal[];
  /** Whom it charges for a socket; left out: the task that works for it. */
  readonly sockets?: SocketPrincipals;
}
