import type { Task } from '../task.js';
import type { Accounting, Charging } from './accounting.js';

/** Several ways to account for what one kernel does, side by side. */
class SeveralAccountings implements Charging {
  private readonly accountings: readonly Accounting[];

  constructor(accountings: readonly Accounting[]) {
    this.accountings = accountings;
  }

  tick(task: Task, column: number): void {
    for (const accounting of this.accountings) accounting.tick(task, column);
  }

  switched(task: Task): void {
    for (const accounting of this.accountings) accounting.switched(task);
  }
}

/** What a kernel tells of its work to all of these; each is told once, if it is named twice. */
export function chargingOf(accountings: readonly Accounting[]): Charging {
  const distinct = [...new Set(accountings)];
  return distinct.length === 1 ? distinct[0]! : new SeveralAccountings(distinct);
}
