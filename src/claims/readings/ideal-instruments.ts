import { KERNEL_SOURCE } from './kernel-source.js';
import type { Reading } from './reading.js';

/** Whether a claim hangs on what the hypervisor's instruments get wrong. */
export const IDEAL_INSTRUMENTS: Reading = {
  id: 'ideal',
  title: 'ideal instruments',
  idea:
    'What the hypervisor measures is the truth: OC-Monitor counts what a process works itself, ' +
    'and the scheduler debits what a VCPU has run. The guests stay as they are, /proc included, ' +
    'which M2 to M7 are about.',
  choices: {
    ...KERNEL_SOURCE.choices,
    counts: {
      value: 'own',
      reason: "Work that interrupts and kernel threads do on an IDS's page tables is not its own.",
    },
    debit: {
      value: 'exact',
      reason: 'A VCPU that runs between two ticks pays for it.',
    },
  },
};
