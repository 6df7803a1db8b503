import { KERNEL_SOURCE } from './kernel-source.js';
import type { Reading } from './reading.js';

/** For those who doubt that the lines of figure 10 come from two tools. */
export const ONE_TOOL: Reading = {
  id: 'tool',
  title: 'one tool for all kernels',
  idea: 'One tool shows /proc of every kernel, and it is older than the column steal.',
  choices: {
    ...KERNEL_SOURCE.choices,
    proc_total: {
      value: 'without-steal',
      reason: 'Section 5.3 sets the kernels against each other and does not speak of two tools.',
    },
  },
};
