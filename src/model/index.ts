/** The model's door: an input in, measured series and counters out. */
import { assemble } from './assembly/assemble.js';
import type { ModelInput } from './input.js';
import { Recorder } from './recorder.js';
import type { RunResult } from './result.js';

export { quantileNs } from './engine/histogram.js';
export type * from './input.js';
export type * from './result.js';
export type * from './trace/trace-sink.js';
export { trace } from './trace/traced-run.js';

/** Simulates one run. The same input and seed give the same result, bit for bit. */
export function simulate(input: ModelInput, seed: number): RunResult {
  const machine = assemble(input, seed);
  machine.runUntil(input.warmupNs);
  const samples = Math.round(input.durationNs / input.sampleNs);
  const recorder = new Recorder(machine, samples);
  for (let i = 1; i <= samples; i++) {
    machine.runUntil(input.warmupNs + i * input.sampleNs);
    recorder.take();
  }
  return recorder.result(input.sampleNs);
}
