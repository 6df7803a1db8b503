import { type Log, sha256Of } from './log.js';
import type { ScheduleRun } from './schedule-run.js';
import type { AnyVector } from './vector.js';

/** Lines shown before and after the first difference. */
const CONTEXT = 3;

interface Difference {
  readonly timeNs: number;
  readonly report: string;
}

/** What a run recorded of one kind, and what its vector expects of it. */
export interface Comparison {
  /** Name of the fields `_count` and `_sha256`. */
  readonly name: string;
  /** One line, for messages. */
  readonly what: string;
  /** Undefined if the vector has only the count and the hash. */
  readonly lines: readonly string[] | undefined;
  readonly count: number;
  readonly sha256: string;
  readonly actual: Log;
}

/** The first difference between a run and what its vector expects, as text; null if none. */
export function firstDifference({ vector, comparisons, cpuNs }: ScheduleRun): string | null {
  return (
    firstDifferingLine(comparisons) ?? differingTotal(comparisons) ?? differingCpu(vector, cpuNs)
  );
}

/** The earliest in time of the first differing lines of each kind. */
function firstDifferingLine(comparisons: readonly Comparison[]): string | null {
  const found = comparisons
    .map(({ what, lines, actual }) => differingLine(what, lines, actual))
    .filter((difference) => difference !== null);
  found.sort((a, b) => a.timeNs - b.timeNs);
  return found[0]?.report ?? null;
}

function differingTotal(comparisons: readonly Comparison[]): string | null {
  for (const { name, count, sha256, actual } of comparisons) {
    const difference =
      differingValue(`${name}_count`, count, actual.count) ??
      differingValue(`${name}_sha256`, sha256, sha256Of(actual));
    if (difference !== null) return difference;
  }
  return null;
}

function differingLine(
  what: string,
  expected: readonly string[] | undefined,
  actual: Log,
): Difference | null {
  if (expected === undefined) return null;
  const { count } = actual;
  let at = 0;
  while (at < expected.length && at < count && expected[at] === actual.line(at)) at++;
  if (at === expected.length && at === count) return null;
  const shown = [`first difference at ${what} ${at}, counted from 0:`];
  for (let i = Math.max(0, at - CONTEXT); i < at; i++) shown.push(`             ${actual.line(i)}`);
  for (let i = at; i <= at + CONTEXT && i < expected.length; i++) {
    shown.push(`  expected   ${expected[i]}`);
  }
  if (at >= expected.length) shown.push('  expected   no more');
  for (let i = at; i <= at + CONTEXT && i < count; i++)
    shown.push(`  actual     ${actual.line(i)}`);
  if (at >= count) shown.push('  actual     no more');
  const timesNs = [expected[at], at < count ? actual.line(at) : undefined]
    .filter((text) => text !== undefined)
    .map((text) => Number.parseInt(text.replace('[', ''), 10));
  return { timeNs: Math.min(...timesNs), report: shown.join('\n') };
}

function differingValue<T>(field: string, expected: T, actual: T): string | null {
  return expected === actual ? null : `${field}: expected ${expected}, actual ${actual}`;
}

function differingCpu({ domains, expect }: AnyVector, cpuNs: Float64Array): string | null {
  const names = domains.flatMap((dom) => dom.vcpus.map((vcpu) => `${dom.id}.${vcpu.id}`));
  for (let v = 0; v < names.length; v++) {
    const name = names[v]!;
    const found = differingValue(`cpu_ns of ${name}`, expect.cpu_ns[name], cpuNs[v]!);
    if (found !== null) return found;
  }
  return null;
}
