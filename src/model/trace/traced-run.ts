import { assemble } from '../assembly/assemble.js';
import type { ModelInput } from '../input.js';
import type { OtherPrograms } from '../programs/programs.js';
import { Observer } from './observer.js';
import type { TraceSink, TraceWindow } from './trace-sink.js';

/** The run pauses at least this often, in simulated time. */
const STEP_NS = 10_000_000;

/**
 * Simulates a run up to the end of a window and tells `sink` what happens in the window: the same
 * run, event by event, as `simulate` has with that input and seed. It pauses often, so that what
 * the sink has got can be written; each time it yields the simulated time, warm-up included.
 * @param programs that processes may run besides the model's own
 */
export function* trace(
  input: ModelInput,
  seed: number,
  window: TraceWindow,
  sink: TraceSink,
  programs?: OtherPrograms,
): Generator<number, void> {
  const { warmupNs } = input;
  const machine = assemble([input], seed, programs);
  const { clock } = machine.parts;
  let observer: Observer | null = null;
  for (;;) {
    const nowNs = clock.nowNs;
    if (nowNs === warmupNs + window.fromNs) observer = new Observer(machine, sink);
    if (nowNs === warmupNs + window.endNs) break;
    const edgeNs = warmupNs + (observer === null ? window.fromNs : window.endNs);
    const stopNs = Math.min(nowNs + STEP_NS, edgeNs);
    if (observer === null) machine.runUntil(stopNs);
    else observer.runUntil(stopNs);
    yield stopNs;
  }
  observer?.end();
}
