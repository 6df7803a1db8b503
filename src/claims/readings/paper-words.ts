import { KERNEL_SOURCE } from './kernel-source.js';
import type { Reading } from './reading.js';

/** For those who build what the text says and nothing else. */
export const PAPER_WORDS: Reading = {
  id: 'words',
  title: "the paper's words",
  idea: 'Every mechanism as the text describes it, to the letter.',
  choices: {
    ...KERNEL_SOURCE.choices,
    accounting: {
      value: 'o1',
      reason:
        'Section 4.2: ticks that piled up are charged, one after another, to the process that ' +
        'ran just before or after the switch. Nothing is taken off.',
    },
    proc_total: {
      value: 'all-columns',
      reason: 'The text speaks of CPU use in percent, and of no column that is left out.',
    },
    ids_window: {
      value: { kind: 'period' },
      reason: 'Section 4.3 computes credits every 30 ms, from RC.ids, and mentions no smoothing.',
    },
    law: {
      value: 'paper',
      reason: 'Section 4.4: the run time is 100 ms times the limit over the use that was measured.',
    },
  },
};
