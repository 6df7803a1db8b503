import { IDLE_TASK, KSOFTIRQD_TASK } from './kernel-tasks.js';
import { Task } from './task.js';
import { WorkKinds } from './work-kinds.js';

const KSOFTIRQD_NICE = 19;

/** What a domain's kernel will consist of: collected first, because a ledger cannot grow. */
export class KernelPlan {
  /** Index of the domain. */
  readonly domain: number;
  readonly kinds = new WorkKinds();
  readonly tasks: Task[] = [
    new Task(IDLE_TASK, 0, 0, 0, 0),
    new Task(KSOFTIRQD_TASK, 1, 0, KSOFTIRQD_NICE, 0),
  ];
  /** Address spaces: none loaded yet, and one per process. */
  spaces = 1;

  constructor(domain: number) {
    this.domain = domain;
  }

  /** A process with an address space of its own; its own work is booked under `kind`. */
  addProcess(name: string, nice: number, kind: number): Task {
    const task = new Task(name, this.tasks.length, this.spaces++, nice, kind);
    this.tasks.push(task);
    return task;
  }

  /** A kernel thread, there from the beginning: it borrows the page tables that are loaded. */
  addThread(name: string, nice: number, kind: number): Task {
    const task = new Task(name, this.tasks.length, 0, nice, kind);
    task.started = true;
    this.tasks.push(task);
    return task;
  }
}
