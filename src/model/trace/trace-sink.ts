/**
 * Who takes a traced run. First it is told of groups of tracks and of counters, then of what
 * happens on them. Each call that declares something returns the number by which it is meant
 * from then on. Times are nanoseconds after the warm-up.
 */
export interface TraceSink {
  /** Tracks and counters that belong together, such as those of a domain. */
  group(name: string): number;
  /** A track of slices or of instants: in order of time, and slices never overlap. */
  track(group: number, name: string): number;
  /** A value that holds until the next one. */
  counter(group: number, name: string, unit: string): number;
  /** What slices or instants of a track say. */
  label(track: number, label: TraceLabel): number;

  slice(label: number, startNs: number, endNs: number): void;
  /** Something happened `count` times in one instant. */
  instant(label: number, timeNs: number, count: number): void;
  value(counter: number, timeNs: number, value: number): void;
}

export interface TraceLabel {
  readonly name: string;
  readonly category: string;
  readonly details?: Readonly<Record<string, string>>;
  /** What an instant's count counts; without it, it happens once at a time. */
  readonly countOf?: string;
}

/** What is traced: from when until when, in nanoseconds after the warm-up. */
export interface TraceWindow {
  readonly fromNs: number;
  readonly endNs: number;
}
