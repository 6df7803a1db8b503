import { RandomStream } from '../src/model/engine/random-stream.js';

const COUNT = 65_536;
const MEAN_NS = 1_000_000;

/** Masks an event's number to its place in `increments`. */
export const INCREMENT_MASK = COUNT - 1;

/** Exponential times in whole ns, drawn beforehand: drawing would cost more than the queue does. */
export const increments: Float64Array = drawIncrements();

function drawIncrements(): Float64Array {
  const stream = new RandomStream(1, 'bench.increments');
  return Float64Array.from({ length: COUNT }, () => Math.ceil(stream.exponential(MEAN_NS)));
}
