import { clientDefinitionOf } from '../definition/clients/clients.js';
import type { RunTask } from './run-task.js';

/** Runs of one experiment and variant: they take about the same time. */
interface Group {
  /** Places of the tasks that are not begun, the next one last. */
  readonly open: number[];
  /** How long a run may take, up to a factor: simulated time, and what clients send in it. */
  readonly guess: number;
  hasBegun: boolean;
  /** The least that a run took; null before the first is done. */
  timeMs: number | null;
}

/**
 * In which order runs are begun: long ones first, so that none is left for the end with idle
 * threads. How long they take is learnt from the first of each experiment and variant.
 */
export class RunOrder {
  private readonly groups: readonly Group[];
  private readonly groupOf: readonly Group[];

  constructor(tasks: readonly RunTask[]) {
    const groups = new Map<string, Group>();
    this.groupOf = tasks.map((task) => {
      const known = groups.get(task.name);
      const group = known ?? { open: [], guess: guessOf(task), hasBegun: false, timeMs: null };
      groups.set(task.name, group);
      return group;
    });
    this.groupOf.forEach(({ open }, at) => {
      open.unshift(at);
    });
    this.groups = [...groups.values()];
  }

  /** Begins a run. @returns the place of its task; undefined if all are begun */
  next(): number | undefined {
    const open = this.groups.filter((group) => group.open.length > 0);
    const fresh = open.filter((group) => !group.hasBegun);
    const group = this.longest(fresh.length > 0 ? fresh : open);
    if (group === undefined) return undefined;
    group.hasBegun = true;
    return group.open.pop();
  }

  /** Takes note of how long a run took. */
  took(at: number, timeMs: number): void {
    const group = this.groupOf[at];
    if (group !== undefined) group.timeMs = Math.min(timeMs, group.timeMs ?? timeMs);
  }

  private longest(groups: readonly Group[]): Group | undefined {
    const ratios = this.groups.flatMap(({ timeMs, guess }) =>
      timeMs === null ? [] : timeMs / guess,
    );
    const scale = ratios.reduce((sum, one) => sum + one, 0) / Math.max(1, ratios.length) || 1;
    let longest: Group | undefined;
    let most = -1;
    for (const group of groups) {
      const time = group.timeMs ?? group.guess * scale;
      if (time <= most) continue;
      most = time;
      longest = group;
    }
    return longest;
  }
}

/** A connection keeps the model about as busy as so much time in which nobody asks for anything. */
const CONNECTION_NS = 1e9;

/** What a run takes grows with its time and with the connections in it. */
function guessOf({ input }: RunTask): number {
  const timeNs = input.warmupNs + input.durationNs;
  return input.clients.reduce((sum, client) => {
    const attempts = clientDefinitionOf(client.kind).attempts(client, timeNs);
    return sum + attempts * CONNECTION_NS;
  }, timeNs);
}
