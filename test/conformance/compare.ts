import type { Recording } from './recording.js';
import type { Vector } from './vector.js';

/** Lines shown before and after the first difference. */
const CONTEXT = 3;

interface Difference {
  readonly timeNs: number;
  readonly report: string;
}

/** The first difference between a run and what its vector expects, as text; null if none. */
export function firstDifference(vector: Vector, actual: Recording): string | null {
  const { expect } = vector;
  return (
    firstDifferingLine(expect, actual) ??
    differingValue('switch_count', expect.switch_count, actual.switchCount) ??
    differingValue('switch_sha256', expect.switch_sha256, actual.switchSha256()) ??
    differingValue('accounting_count', expect.accounting_count, actual.accountingCount) ??
    differingValue('accounting_sha256', expect.accounting_sha256, actual.accountingSha256()) ??
    differingCpu(vector, actual)
  );
}

/** Of the first differing accounting row and the first differing switch, the earlier in time. */
function firstDifferingLine(expect: Vector['expect'], actual: Recording): string | null {
  const found = [
    differingLine(
      'accounting row ([t_ns,balance,active weight,[[credit,priority,flags],...]])',
      expect.accounting?.map((row) => JSON.stringify(row)),
      actual.accountingCount,
      (i) => actual.accountingLine(i),
    ),
    differingLine(
      'switch (t_ns pcpu who)',
      expect.switches?.map((row) => row.join(' ')),
      actual.switchCount,
      (i) => actual.switchLine(i),
    ),
  ].filter((difference) => difference !== null);
  found.sort((a, b) => a.timeNs - b.timeNs);
  return found[0]?.report ?? null;
}

function differingLine(
  what: string,
  expected: readonly string[] | undefined,
  count: number,
  line: (i: number) => string,
): Difference | null {
  if (expected === undefined) return null;
  let at = 0;
  while (at < expected.length && at < count && expected[at] === line(at)) at++;
  if (at === expected.length && at === count) return null;
  const shown = [`first difference at ${what} ${at}, counted from 0:`];
  for (let i = Math.max(0, at - CONTEXT); i < at; i++) shown.push(`             ${line(i)}`);
  for (let i = at; i <= at + CONTEXT && i < expected.length; i++) {
    shown.push(`  expected   ${expected[i]}`);
  }
  if (at >= expected.length) shown.push('  expected   no more');
  for (let i = at; i <= at + CONTEXT && i < count; i++) shown.push(`  actual     ${line(i)}`);
  if (at >= count) shown.push('  actual     no more');
  const timesNs = [expected[at], at < count ? line(at) : undefined]
    .filter((text) => text !== undefined)
    .map((text) => Number.parseInt(text.replace('[', ''), 10));
  return { timeNs: Math.min(...timesNs), report: shown.join('\n') };
}

function differingValue<T>(field: string, expected: T, actual: T): string | null {
  return expected === actual ? null : `${field}: expected ${expected}, actual ${actual}`;
}

function differingCpu(vector: Vector, actual: Recording): string | null {
  const names = vector.domains.flatMap((dom) => dom.vcpus.map((vcpu) => `${dom.id}.${vcpu.id}`));
  for (let v = 0; v < names.length; v++) {
    const name = names[v]!;
    const found = differingValue(`cpu_ns of ${name}`, vector.expect.cpu_ns[name], actual.cpuNs[v]!);
    if (found !== null) return found;
  }
  return null;
}
