import type { Benchmark } from './benchmark.js';
import { command } from './command.js';

import { hold } from './hold.js';
import { credit, sedf } from './schedulers.js';
import { snort } from './snort.js';

/** Everything that `npm run bench` measures, in the order of the table. One file each. */
export const benchmarks: Readonly<Record<string, Benchmark>> = {
  hold,
  credit,
  sedf,
  snort,
  command,
};
