import type { Reading } from './reading.js';

/** The reference: what the shipped experiments are set up as, and the costs were fitted under. */
export const KERNEL_SOURCE: Reading = {
  id: 'source',
  title: "the kernels' source",
  idea:
    'What the code of the kernels and of Xen does that the paper names and, where code tells ' +
    'nothing, the defaults of this tool.',
  choices: {
    accounting: {
      value: 'o1-steal',
      reason: "The timer interrupts of Xen's Linux 2.6.16.33 and 2.6.18 take stolen time off.",
    },
    proc_total: {
      value: 'by-accounting',
      reason:
        'Section 5.3 names no tool. Those of the time of O(1) leave out the column steal, those ' +
        'of the time of CFS count it; the choice was made with M2 in view.',
    },
    dom0_hz: {
      value: 100,
      reason:
        "Xen's trees of Linux are configured for 100, and that of Xen 3.3 calls itself 2.6.18.8, " +
        "almost as the paper names domain 0's kernel.",
    },
    debit: {
      value: 'sampled',
      reason: "A tick of Xen 3.3 takes a whole tick's credits from the VCPU that it finds running.",
    },
    switches: {
      value: 'lazy',
      reason: 'Xen 3.3 leaves what is loaded in place while nothing runs.',
    },
    counts: {
      value: 'cr3',
      reason: "OC-Monitor follows CR3 (section 4.2), and kernel threads leave the last process's.",
    },
    ids_window: {
      value: { kind: 'ema', weight: 0.2 },
      reason:
        'The paper does not say. The weight is from control theory; smoothing is the default ' +
        'because the last period alone was known not to keep the limit.',
    },
    excess: { value: { kind: 'forgive' }, reason: 'The formula of section 4.3 knows no debt.' },
    park_below: {
      value: 'effective',
      reason: "Xen's own line reads the cap that OC-Scheduler has left.",
    },
    rounding: {
      value: 'exact',
      reason: 'Section 4.3 computes credits and does not set the cap, which is a whole percent.',
    },
    law: {
      value: 'cpulimit',
      reason:
        'OC-Limiter is based on cpulimit (section 4.4); of the laws that the formula can stand ' +
        'for, this one was chosen because it holds Tripwire to its 30%.',
    },
    load: {
      value: 1000,
      reason:
        'Section 5.3 names no load; the effect that it describes needs an IDS that waits, as it ' +
        'does at a quarter of the load of section 5.1.',
    },
  },
};
