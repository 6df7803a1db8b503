/** The model's door: an input in, measured series and counters out. */
import { assemble } from './assembly/assemble.js';
import type { ModelInput } from './input.js';
import { Recorder } from './recorder.js';
import type { RunResult } from './result.js';

export { quantileNs } from './engine/histogram.js';
export type * from './input.js';
export { type BareInput, withoutInstruments } from './instruments.js';
export type * from './result.js';
export type * from './trace/trace-sink.js';
export { trace } from './trace/traced-run.js';

/** Simulates one run. The same input and seed give the same result, bit for bit. */
export function simulate(input: ModelInput, seed: number): RunResult {
  return simulateReadings([input], seed)[0]!;
}

/**
 * Simulates one run and reads it as each input does: result by result what `simulate` returns.
 * @param readings at least one, all the same `withoutInstruments`
 */
export function simulateReadings(readings: readonly ModelInput[], seed: number): RunResult[] {
  const machine = assemble(readings, seed);
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
