import { fileURLToPath } from 'node:url';
import { runVector } from '../test/conformance/schedule-run.js';
import { readVectorFile } from '../test/conformance/vector-file.js';
import { interleaved, type Measurement } from './benchmark.js';
import { plainHeapHold } from './plain-heap.js';

const ROUNDS = 5;
/** From `build/bench`. */
const FOLDER = new URL('../../test/vectors/', import.meta.url);
/** Events that the yardstick keeps pending. */
const YARDSTICK_PENDING = 10;

/** Long schedules of the credit scheduler on the event queue, recorded but not hashed. */
export function credit(): Measurement[] {
  return schedules('credit scheduler', 'credit-bench.jsonl');
}

/** The same of SEDF, with every decision. */
export function sedf(): Measurement[] {
  return schedules('SEDF', 'sedf-bench.jsonl');
}

/** The yardstick executes one event for each switch. */
function schedules(scheduler: string, file: string): Measurement[] {
  return readVectorFile(fileURLToPath(new URL(file, FOLDER))).map((vector) => {
    const { oursSeconds, yardstickSeconds } = interleaved(
      ROUNDS,
      () => runVector(vector),
      () => plainHeapHold(YARDSTICK_PENDING, vector.expect.switch_count),
    );
    return {
      name: `${scheduler}, ${vector.name}`,
      value: oursSeconds,
      unit: 's',
      relativeSpeed: yardstickSeconds / oursSeconds,
    };
  });
}
