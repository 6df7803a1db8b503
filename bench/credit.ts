import { fileURLToPath } from 'node:url';
import { runScenario } from '../test/conformance/scenario-run.js';
import { readVectorFile } from '../test/conformance/vector-file.js';
import { interleaved, type Measurement } from './benchmark.js';
import { plainHeapHold } from './plain-heap.js';

const ROUNDS = 5;
/** From `build/bench`. */
const VECTORS = new URL('../../test/vectors/credit-bench.jsonl', import.meta.url);
/** Events that the yardstick keeps pending. */
const YARDSTICK_PENDING = 10;

/**
 * Long schedules of the credit scheduler on the event queue, recorded but not hashed. Their
 * yardstick executes one event for each switch.
 */
export function credit(): Measurement[] {
  return readVectorFile(fileURLToPath(VECTORS)).map((vector) => {
    const { oursSeconds, yardstickSeconds } = interleaved(
      ROUNDS,
      () => runScenario(vector),
      () => plainHeapHold(YARDSTICK_PENDING, vector.expect.switch_count),
    );
    return {
      name: `credit scheduler, ${vector.name}`,
      value: oursSeconds,
      unit: 's',
      relativeSpeed: yardstickSeconds / oursSeconds,
    };
  });
}
