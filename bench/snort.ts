import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findExperiment } from '../src/files/experiment-catalog.js';
import { simulate } from '../src/model/index.js';
import { interleaved, type Measurement } from './benchmark.js';
import { plainHeapHold } from './plain-heap.js';

const ROUNDS = 3;
const YARDSTICK_PENDING = 10;
const MEMORY_SCRIPT = fileURLToPath(new URL('./snort-memory.js', import.meta.url));

/**
 * Single runs of the Snort experiment, one a variant: simulated seconds, warm-up included, per wall
 * second, in this process after a round for the compiler. Their yardstick executes as many events
 * as the run has. Peak memory is that of a process of its own that makes one run, of the default
 * length and of ten times as much.
 */
export function snort(): Measurement[] {
  const { variants } = findExperiment('snort');
  const speeds = variants.map(({ id, input }): Measurement => {
    const { events } = simulate(input, 1);
    const simulatedS = (input.warmupNs + input.durationNs) / 1e9;
    const { oursSeconds, yardstickSeconds } = interleaved(
      ROUNDS,
      () => simulate(input, 1),
      () => plainHeapHold(YARDSTICK_PENDING, events),
    );
    return {
      name: `snort, ${id}`,
      value: simulatedS / oursSeconds,
      unit: 'simulated s/s',
      relativeSpeed: yardstickSeconds / oursSeconds,
    };
  });
  const memory = [60, 600].map((seconds): Measurement => {
    const bytes = Number(execFileSync(process.execPath, [MEMORY_SCRIPT, String(seconds)]));
    return {
      name: `snort, offload, ${seconds} s: peak memory`,
      value: bytes / 2 ** 20,
      unit: 'MiB',
      relativeSpeed: null,
    };
  });
  return [...speeds, ...memory];
}
