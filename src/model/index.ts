/** The model's door: an input in, measured series and counters out. */
import { assemble } from './assembly/assemble.js';
import type { ModelInput, ModelInputWith, OtherPrograms } from './input.js';
import { Recorder } from './recorder.js';
import type { RunResult } from './result.js';

export type { WatchedQueue } from './devices/watched-queue.js';
export { quantileNs } from './engine/histogram.js';
export { RandomStream } from './engine/random-stream.js';
export type { Program } from './guest/program.js';
export type * from './input.js';
export { type BareInput, withoutInstruments } from './instruments.js';
export type * from './programs/program-kind.js';
export type * from './result.js';
export * from './series.js';
export type * from './trace/trace-sink.js';
export { trace } from './trace/traced-run.js';

/** Programs that processes may run besides the model's own, by name. */
interface WithPrograms<Others extends OtherPrograms> {
  readonly programs?: Others | undefined;
}

/**
 * Simulates one run. The same input and seed give the same result, bit for bit.
 * @throws an Error if the input contradicts itself; a definition's input does not
 */
export function simulate<Others extends OtherPrograms = Record<never, never>>(
  input: ModelInputWith<Others>,
  seed: number,
  options: WithPrograms<Others> = {},
): RunResult {
  return simulateReadings([input], seed, options)[0]!;
}

/**
 * Simulates one run and reads it as each input does: result by result what `simulate` returns.
 * @param inputs at least one, all the same `withoutInstruments`
 */
export function simulateReadings<Others extends OtherPrograms = Record<never, never>>(
  inputs: readonly ModelInputWith<Others>[],
  seed: number,
  { programs }: WithPrograms<Others> = {},
): RunResult[] {
  // What runs a program is the only place that looks at more of a process than all have.
  const readings = inputs as readonly ModelInput[];
  const machine = assemble(readings, seed, programs);
  const input = readings[0]!;
  machine.runUntil(input.warmupNs);
  const samples = Math.round(input.durationNs / input.sampleNs);
  const recorders = readings.map((reading, r) => new Recorder(machine, samples, reading, r));
  for (let i = 1; i <= samples; i++) {
    machine.runUntil(input.warmupNs + i * input.sampleNs);
    for (const recorder of recorders) recorder.take();
  }
  return recorders.map((recorder) => recorder.result(input.sampleNs));
}
