import { KERNEL_SOURCE } from './kernel-source.js';
import type { Reading } from './reading.js';

/** For those who have a VCPU that was blocked find nothing left of what it had loaded. */
export const EAGER_SWITCHES: Reading = {
  id: 'eager',
  title: 'a switch at each pass',
  idea: 'A VCPU that comes back after idle time pays as if another had run meanwhile.',
  choices: {
    ...KERNEL_SOURCE.choices,
    switches: {
      value: 'eager',
      reason: 'After idle time the caches are cold, and the paper mentions no shortcut.',
    },
  },
};
