import {
  type ModelInput,
  type TraceLabel,
  type TraceSink,
  trace,
} from '../../../src/model/index.js';

export interface Slice {
  readonly group: string;
  readonly track: string;
  readonly label: TraceLabel;
  readonly startNs: number;
  readonly endNs: number;
}

export interface Instant {
  readonly track: string;
  readonly name: string;
  readonly timeNs: number;
  readonly count: number;
}

export interface Value {
  readonly group: string;
  readonly counter: string;
  readonly timeNs: number;
  readonly value: number;
}

/** Keeps a trace as it comes. */
export class Recording implements TraceSink {
  readonly slices: Slice[] = [];
  readonly instants: Instant[] = [];
  readonly values: Value[] = [];
  private readonly groups: string[] = [];
  private readonly tracks: { group: string; track: string }[] = [];
  private readonly counters: { group: string; counter: string }[] = [];
  private readonly labels: { group: string; track: string; label: TraceLabel }[] = [];

  group(name: string): number {
    return this.groups.push(name) - 1;
  }

  track(group: number, track: string): number {
    return this.tracks.push({ group: this.groups[group]!, track }) - 1;
  }

  counter(group: number, counter: string): number {
    return this.counters.push({ group: this.groups[group]!, counter }) - 1;
  }

  label(track: number, label: TraceLabel): number {
    return this.labels.push({ ...this.tracks[track]!, label }) - 1;
  }

  slice(label: number, startNs: number, endNs: number): void {
    this.slices.push({ ...this.labels[label]!, startNs, endNs });
  }

  instant(label: number, timeNs: number, count: number): void {
    const { track, label: said } = this.labels[label]!;
    this.instants.push({ track, name: said.name, timeNs, count });
  }

  value(counter: number, timeNs: number, value: number): void {
    this.values.push({ ...this.counters[counter]!, timeNs, value });
  }
}

/** The trace of a part of a run; of the whole run unless told otherwise. */
export function record(input: ModelInput, seed: number, fromNs = 0, endNs = input.durationNs) {
  const recording = new Recording();
  for (const _ of trace(input, seed, { fromNs, endNs }, recording));
  return recording;
}

/** Total length of the slices that a test picks. */
export function sumNs(slices: readonly Slice[], test: (slice: Slice) => boolean): number {
  return slices.filter(test).reduce((sum, { startNs, endNs }) => sum + endNs - startNs, 0);
}
