import type { TraceSink } from './trace-sink.js';

/** No slice is open. */
export const NO_LABEL = -1;

/** Looks at one thing of the machine after each instant, and tells what has changed. */
export interface Watch {
  look(nowNs: number): void;
}

/** A track on which one slice follows another: what holds until it changes. */
export class StateTrack {
  private readonly sink: TraceSink;
  private label = NO_LABEL;
  private sinceNs = 0;

  constructor(sink: TraceSink) {
    this.sink = sink;
  }

  /** From now on, `label` holds, or nothing for `NO_LABEL`. */
  enter(label: number, nowNs: number): void {
    if (label === this.label) return;
    this.end(nowNs);
    this.label = label;
    this.sinceNs = nowNs;
  }

  /** Ends the open slice. What lasted no time is left out. */
  end(nowNs: number): void {
    if (this.label !== NO_LABEL && nowNs > this.sinceNs) {
      this.sink.slice(this.label, this.sinceNs, nowNs);
    }
    this.label = NO_LABEL;
  }
}

/** A counter that is told when what it reads has changed. It leaves out what is not finite. */
export class Gauge implements Watch {
  private readonly sink: TraceSink;
  private readonly counter: number;
  private readonly read: () => number;
  private last = Number.NaN;

  constructor(sink: TraceSink, counter: number, read: () => number) {
    this.sink = sink;
    this.counter = counter;
    this.read = read;
  }

  look(nowNs: number): void {
    const value = this.read();
    if (value === this.last || !Number.isFinite(value)) return;
    this.last = value;
    this.sink.value(this.counter, nowNs, value);
  }
}

/** Instants at which a running total has grown. */
export class Occurrences implements Watch {
  private readonly sink: TraceSink;
  private readonly label: number;
  private readonly read: () => number;
  private last: number;

  constructor(sink: TraceSink, label: number, read: () => number) {
    this.sink = sink;
    this.label = label;
    this.read = read;
    this.last = read();
  }

  look(nowNs: number): void {
    const total = this.read();
    if (total === this.last) return;
    this.sink.instant(this.label, nowNs, total - this.last);
    this.last = total;
  }
}

/** Two instants: when something begins to be so, and when it ends. */
export class Switch implements Watch {
  private readonly sink: TraceSink;
  private readonly on: number;
  private readonly off: number;
  private readonly read: () => boolean;
  private last: boolean;

  constructor(sink: TraceSink, on: number, off: number, read: () => boolean) {
    this.sink = sink;
    this.on = on;
    this.off = off;
    this.read = read;
    this.last = read();
  }

  look(nowNs: number): void {
    const now = this.read();
    if (now === this.last) return;
    this.last = now;
    this.sink.instant(now ? this.on : this.off, nowNs, 1);
  }
}
