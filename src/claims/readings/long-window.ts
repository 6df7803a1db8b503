import { KERNEL_SOURCE } from './kernel-source.js';
import type { Reading } from './reading.js';

/** For those who would have a cage keep its limit in the long run, not from period to period. */
export const LONG_WINDOW: Reading = {
  id: 'second',
  title: 'a second, and nothing forgiven',
  idea: 'The cage looks back over a second, and what its IDS uses beyond the cap is owed.',
  choices: {
    ...KERNEL_SOURCE.choices,
    ids_window: {
      value: { kind: 'sliding', window: 1e9 },
      reason: 'The figures have a point per second, so that nothing shorter can be seen in them.',
    },
    excess: {
      value: { kind: 'carry', limit: 100 },
      reason: 'A limit that forgives is exceeded in the long run.',
    },
  },
};
