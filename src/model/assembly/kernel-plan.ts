import {
  PROGRAM_IDLE,
  PROGRAM_KSOFTIRQD,
  PROGRAM_LOOP,
  PROGRAM_OC_LIMITER,
  PROGRAM_SNORT,
  PROGRAM_TRIPWIRE,
  PROGRAM_WEB_SERVER,
  Task,
} from '../guest/task.js';
import type { ProcessInput } from '../input.js';
import { WorkKinds } from './work-kinds.js';

const PROGRAMS = {
  loop: PROGRAM_LOOP,
  snort: PROGRAM_SNORT,
  webserver: PROGRAM_WEB_SERVER,
  tripwire: PROGRAM_TRIPWIRE,
  'oc-limiter': PROGRAM_OC_LIMITER,
};
const KSOFTIRQD_NICE = 19;

/** What a domain's kernel will consist of: collected first, because a ledger cannot grow. */
export class KernelPlan {
  readonly kinds = new WorkKinds();
  readonly tasks: Task[] = [
    new Task('idle', 0, PROGRAM_IDLE, 0, 0, 0, 0),
    new Task('ksoftirqd', 1, PROGRAM_KSOFTIRQD, 0, 0, KSOFTIRQD_NICE, 0),
  ];
  /** Address spaces: none loaded yet, and one a process. */
  spaces = 1;
  /** Ledger kinds of a guest's network work. */
  readonly netfrontKind: number;
  readonly sendKind: number;
  readonly interruptKind: number;

  constructor(domain: number) {
    this.netfrontKind = this.kinds.add('softirq', 'netfront and TCP', domain);
    this.sendKind = this.kinds.add('kernel', 'TCP send', domain);
    this.interruptKind = this.kinds.add('interrupt', 'network interrupts', domain);
  }

  /** `instance` numbers the machine's processes with the same program. */
  addProcess(process: ProcessInput, instance: number, beneficiary: number): Task {
    const task = new Task(
      process.name,
      this.tasks.length,
      PROGRAMS[process.program],
      instance,
      this.spaces++,
      process.nice,
      this.kinds.add('user', process.program, beneficiary),
    );
    this.tasks.push(task);
    return task;
  }

  /** A kernel thread, there from the beginning: it borrows the page tables that are loaded. */
  addThread(name: string, program: number, instance: number, kind: number, nice: number): Task {
    const task = new Task(name, this.tasks.length, program, instance, 0, nice, kind);
    task.started = true;
    this.tasks.push(task);
    return task;
  }
}
