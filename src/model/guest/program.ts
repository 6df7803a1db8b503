/**
 * The seat of a program: what a task runs, cut into units of work. The kernel asks it for one unit
 * after another while the task has the CPU; a unit may be preempted and goes on later. Kernel
 * threads are tasks with a program, too.
 */
export interface Program {
  /** Takes the next unit of work and returns its CPU time in ns; 0 = nothing to do, sleep. */
  begin(): number;
  /** The unit is done: its effects come now. */
  finish(): void;
}

/** What a task runs that was given no program: the idle task and ksoftirqd are the kernel's own. */
export const NO_PROGRAM: Program = {
  begin: () => {
    throw new Error('a task without a program was given the CPU');
  },
  finish: () => undefined,
};
