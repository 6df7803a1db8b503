import { KERNEL_SOURCE } from './kernel-source.js';
import type { Reading } from './reading.js';

/** For those who take the paper at its word on the version of domain 0's kernel. */
export const DOM0_AT_250: Reading = {
  id: 'hz250',
  title: 'domain 0 at 250 Hz',
  idea:
    "Domain 0 has a distribution's kernel, as its number says, and that ticks more often than " +
    "Xen's own. The VMs have Xen's.",
  choices: {
    ...KERNEL_SOURCE.choices,
    dom0_hz: {
      value: 250,
      reason:
        'Section 5 names Linux 2.6.18-8, which is how Red Hat numbers the kernel of its release ' +
        '5. That one ticks 250 times a second in its version for Xen.',
    },
  },
};
