import type { Clock } from '../engine/clock.js';
import type { Program } from '../guest/program.js';
import type { ProcessBase } from '../input.js';
import { batchFacts } from '../series.js';
import type { ProgramKind } from './program-kind.js';

/** A job with a fixed demand for CPU time, which ends when it has had it. */
export interface BatchInput extends ProcessBase {
  readonly program: 'batch';
  /** CPU time that it needs. */
  readonly workNs: number;
}

export const BATCH: ProgramKind<BatchInput> = {
  plan:
    ({ name, startNs, workNs }) =>
    ({ clock }) => {
      const batch = new Batch(clock, workNs);
      const makespan = () => (batch.endNs === null ? null : batch.endNs - startNs);
      return { program: batch, facts: { [batchFacts.makespan(name)]: makespan } };
    },
};

/** One unit of work, and then nothing more. */
class Batch implements Program {
  endNs: number | null = null;
  private readonly clock: Clock;
  private readonly workNs: number;

  constructor(clock: Clock, workNs: number) {
    this.clock = clock;
    this.workNs = workNs;
  }

  begin(): number {
    return this.endNs === null ? this.workNs : 0;
  }

  finish(): void {
    this.endNs = this.clock.nowNs;
  }
}
