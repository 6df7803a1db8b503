import { KERNEL_SOURCE } from './kernel-source.js';
import type { Reading } from './reading.js';

/** For those who take section 5.3 for the same set-up as 5.1. */
export const FULL_LOAD: Reading = {
  id: 'load',
  title: 'full load in section 5.3',
  idea: 'Snort in a VM watches the load of section 5.1, the only one that the paper names.',
  choices: {
    ...KERNEL_SOURCE.choices,
    load: { value: 4000, reason: 'Section 5.1: httperf at 4000 requests/s.' },
  },
};
