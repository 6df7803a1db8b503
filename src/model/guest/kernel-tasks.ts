/** The names of the tasks that kernels have of their own. */
export const IDLE_TASK = 'idle';
export const KSOFTIRQD_TASK = 'ksoftirqd';

/** The thread of a loop device, and domain 0's end of a virtual disk, by reader of the disk. */
export const loopTask = (reader: number) => `loop${reader}`;
export const blkbackTask = (reader: number) => `blkback${reader}`;

/** All of them, if so many processes read the disk. */
export function kernelTaskNames(readers: number): string[] {
  const threads = Array.from({ length: readers }, (_, i) => [loopTask(i), blkbackTask(i)]);
  return [IDLE_TASK, KSOFTIRQD_TASK, ...threads.flat()];
}
