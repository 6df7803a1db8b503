import { KERNEL_SOURCE } from './kernel-source.js';
import type { Reading } from './reading.js';

/** Halfway from the paper's instrument to an ideal one. */
export const THREADS_APART: Reading = {
  id: 'apart',
  title: 'kernel threads apart',
  idea: "Kernel threads that run on an IDS's page tables are charged to nobody.",
  choices: {
    ...KERNEL_SOURCE.choices,
    counts: {
      value: 'no-kernel-threads',
      reason: 'ksoftirqd and the loop device serve whoever needs them; CR3 alone cannot tell.',
    },
  },
};
