import type { GuestKernel } from './kernel.js';
import type { Task } from './task.js';

/**
 * What a kernel asks the rest of the machine: devices and programs are above it. One object
 * implements this for all kernels, so that the calls in the kernel's hot path have one target.
 */
export interface KernelWork {
  /** A device interrupt was taken: silences the device or raises the softirqs that follow. */
  interrupt(kernel: GuestKernel, irq: number): void;
  /** The timer tick was taken. */
  timerTick(kernel: GuestKernel): void;
  /** When the kernel's next timer expires, Infinity if it has none: an idle guest sleeps on. */
  nextTimerNs(kernel: GuestKernel): number;
  /** Takes the next batch of a softirq, sets `kernel.kind` and returns its cost; 0 = no work. */
  beginSoftirq(kernel: GuestKernel, softirq: number): number;
  finishSoftirq(kernel: GuestKernel, softirq: number): void;
  /** Takes the next unit of a task's work and returns its cost; 0 = sleep. */
  beginTask(kernel: GuestKernel, task: Task): number;
  finishTask(kernel: GuestKernel, task: Task): void;
}
