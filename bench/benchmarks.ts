import type { Benchmark } from './benchmark.js';
import { credit } from './credit.js';
import { hold } from './hold.js';

/** Everything that `npm run bench` measures, in the order of the table. One file each. */
export const benchmarks: readonly Benchmark[] = [hold, credit];
