import { KERNEL_SOURCE } from './kernel-source.js';
import type { Reading } from './reading.js';

/** The kernels that section 4.2 calls recent. */
export const CFS_KERNELS: Reading = {
  id: 'cfs',
  title: 'CFS',
  idea:
    'Every kernel, that of domain 0 included, schedules and accounts as CFS does. Claims about ' +
    'O(1) cannot be asked.',
  choices: {
    ...KERNEL_SOURCE.choices,
    accounting: {
      value: 'cfs',
      reason:
        'Section 4.2: recent paravirtual kernels charge at every process switch, without stolen ' +
        'time. Such a kernel schedules by CFS, too.',
    },
  },
};
