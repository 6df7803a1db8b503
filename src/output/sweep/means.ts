import type { Interval } from '../../measure/experiment-result.js';
import { summarize } from '../../measure/statistics.js';
import type { Sweep, SweepRow } from '../../sweep/sweep.js';

/** The means of a sweep. */
export interface Means {
  readonly sweep: Sweep;
  /** By point and variant in grid order, then by metric; of many the first. */
  readonly rows: readonly (readonly Interval[])[];
}

/** Rows that are kept, at most: what a sweep needs of memory shall not grow with its points. */
export const MOST_ROWS = 40;

/** Collects means while a sweep's rows pass by. */
export class MeansCollector implements Means {
  readonly sweep: Sweep;
  readonly rows: (readonly Interval[])[] = [];

  constructor(sweep: Sweep) {
    this.sweep = sweep;
  }

  /** The same rows; they must be all of the sweep's, in grid order. */
  async *watch(rows: AsyncIterable<SweepRow>): AsyncGenerator<SweepRow> {
    let group: SweepRow[] = [];
    for await (const row of rows) {
      if (this.rows.length < MOST_ROWS) {
        group.push(row);
        if (group.length === this.sweep.seeds.length) {
          this.rows.push(this.#meansOf(group));
          group = [];
        }
      }
      yield row;
    }
  }

  #meansOf(group: readonly SweepRow[]): Interval[] {
    return this.sweep.metrics.map((_, m) =>
      summarize(group.map(({ values }) => values[m] ?? Number.NaN)),
    );
  }
}
