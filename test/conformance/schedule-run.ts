import type { Comparison } from './compare.js';
import { CreditRun } from './credit-run.js';
import type { CreditVector } from './credit-vector.js';
import { SedfRun } from './sedf-run.js';
import type { SedfVector } from './sedf-vector.js';
import type { SwitchLog } from './switch-log.js';
import type { AnyVector } from './vector.js';
import type { Vector } from './vector-file.js';

/** A vector and what its scheduler makes of it here. */
export interface ScheduleRun {
  readonly vector: AnyVector;
  /** By VCPU in file order. */
  readonly cpuNs: Float64Array;
  readonly comparisons: readonly Comparison[];
}

/** Computes the schedule of a vector with the scheduler that it is for. */
export function runVector(vector: Vector): ScheduleRun {
  return vector.scheduler === 'credit' ? runCredit(vector) : runSedf(vector);
}

function runCredit(vector: CreditVector): ScheduleRun {
  const { cpuNs, switches, accountings } = new CreditRun(vector).run();
  const { expect } = vector;
  const accounting: Comparison = {
    name: 'accounting',
    what: 'accounting row ([t_ns,balance,active weight,[[credit,priority,flags],...]])',
    lines: expect.accounting?.map((row) => JSON.stringify(row)),
    count: expect.accounting_count,
    sha256: expect.accounting_sha256,
    actual: accountings,
  };
  return { vector, cpuNs, comparisons: [accounting, switchesOf(vector, switches)] };
}

function runSedf(vector: SedfVector): ScheduleRun {
  const { cpuNs, switches, decisions } = new SedfRun(vector).run();
  const { expect } = vector;
  const decision: Comparison = {
    name: 'decision',
    what: 'decision (t_ns pcpu who mode slice_ns)',
    lines: expect.decisions?.map((row) => row.join(' ')),
    count: expect.decision_count,
    sha256: expect.decision_sha256,
    actual: decisions,
  };
  return { vector, cpuNs, comparisons: [decision, switchesOf(vector, switches)] };
}

function switchesOf({ expect }: AnyVector, actual: SwitchLog): Comparison {
  return {
    name: 'switch',
    what: 'switch (t_ns pcpu who)',
    lines: expect.switches?.map((row) => row.join(' ')),
    count: expect.switch_count,
    sha256: expect.switch_sha256,
    actual,
  };
}
