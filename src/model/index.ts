/** The model's door: an input in, measured series and counters out. */
import { assemble } from './assembly/assemble.js';
import type { ModelInput, ModelInputWith, OtherPrograms } from './input.js';
import { Recorder } from './recorder.js';
import type { RunResult } from './result.js';

export { quantileNs } from './engine/histogram.js';
export { RandomStream } from './engine/random-stream.js';
export type { Program } from './guest/program.js';
export type * from './input.js';
export type * from './programs/program-kind.js';
export type * from './result.js';
export * from './series.js';
export type * from './trace/trace-sink.js';
export { trace } from './trace/traced-run.js';

/**
 * Simulates one run. The same input and seed give the same result, bit for bit.
 * @param programs that processes may run besides the model's own, by name
 * @throws an Error if the input contradicts itself; a definition's input does not
 */
export function simulate<Others extends OtherPrograms = Record<never, never>>(
  input: ModelInputWith<Others>,
  seed: number,
  { programs }: { readonly programs?: Others | undefined } = {},
): RunResult {
  // What runs a program is the only place that looks at more of a process than all have.
  const machine = assemble(input as ModelInput, seed, programs);
  machine.runUntil(input.warmupNs);
  const samples = Math.round(input.durationNs / input.sampleNs);
  const recorder = new Recorder(machine, samples);
  for (let i = 1; i <= samples; i++) {
    machine.runUntil(input.warmupNs + i * input.sampleNs);
    recorder.take();
  }
  return recorder.result(input.sampleNs);
}
