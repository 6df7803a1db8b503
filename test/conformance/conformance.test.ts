import { describe, expect, it } from 'vitest';
import { type Comparison, firstDifference } from './compare.js';
import { runVector, type ScheduleRun } from './schedule-run.js';
import { readVectorFile } from './vector-file.js';

const read = (...files: string[]) =>
  files.flatMap((file) => readVectorFile(`test/vectors/${file}`));
const credit = read('credit.jsonl.gz', 'credit-bench.jsonl');
// Its long ones take too long here: `npm run conformance -- test/vectors/sedf-bench.jsonl`.
const sedf = read('sedf.jsonl.gz');

it('there are all vectors', () => {
  expect([credit.length, sedf.length]).toEqual([82, 60]);
});

describe('the credit scheduler decides as the one of Xen 3.3', () => {
  it.each(credit.map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
    expect(firstDifference(runVector(vector))).toBeNull();
  });
});

describe('SEDF decides as the one of Xen 3.3', () => {
  it.each(sedf.map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
    expect(firstDifference(runVector(vector))).toBeNull();
  });
});

describe('firstDifference', () => {
  const creditRun = () => runVector(credit[2]!);
  const sedfRun = () => runVector(sedf[2]!);
  /** What is said if something else had been expected. */
  const said = (run: ScheduleRun, name: string, changed: (of: Comparison) => Partial<Comparison>) =>
    firstDifference({
      ...run,
      comparisons: run.comparisons.map((one) =>
        one.name === name ? { ...one, ...changed(one) } : one,
      ),
    });

  it('shows a differing switch with its neighbours', () => {
    let right: readonly string[] = [];
    const wrong = '7 0 idle';
    const report = said(creditRun(), 'switch', ({ lines = [] }) => {
      right = lines;
      return { lines: lines.with(10, wrong) };
    })!.split('\n');
    expect(report[0]).toContain('switch');
    expect(report[0]).toContain(' 10,');
    expect(report[3]).toContain(right[9]);
    expect(report.filter((line) => line.includes('expected'))[0]).toContain(wrong);
    expect(report.filter((line) => line.includes('actual'))[0]).toContain(right[10]);
  });

  it('shows a decision of SEDF that differs in nothing but its mode', () => {
    let right = '';
    const report = said(sedfRun(), 'decision', ({ lines = [] }) => {
      const at = lines.findIndex((line) => line.includes(' util '));
      right = lines[at]!;
      return { lines: lines.with(at, right.replace('util', 'pen')) };
    });
    expect(report).toContain('first difference at decision');
    expect(report).toContain(`  expected   ${right.replace('util', 'pen')}`);
    expect(report).toContain(`  actual     ${right}`);
  });

  it('shows a missing end', () => {
    const shorter = said(creditRun(), 'switch', ({ lines = [] }) => ({
      lines: lines.slice(0, -1),
    }));
    expect(shorter).toContain('expected   no more');
    const longer = said(creditRun(), 'accounting', ({ lines = [] }) => ({
      lines: [...lines, '[1,2,3,[]]'],
    }));
    expect(longer).toContain('actual     no more');
  });

  it.each([
    ['switch', creditRun],
    ['accounting', creditRun],
    ['switch', sedfRun],
    ['decision', sedfRun],
  ])('compares counts and hashes too: %s', (name, run) => {
    expect(said(run(), name, () => ({ count: 1 }))).toContain(`${name}_count: expected 1`);
    expect(said(run(), name, () => ({ sha256: '0'.repeat(64) }))).toContain(`${name}_sha256`);
  });

  it('compares CPU times', () => {
    const run = creditRun();
    const { vector, cpuNs } = run;
    const name = `${vector.domains[0]!.id}.0`;
    expect(firstDifference({ ...run, cpuNs: cpuNs.with(0, cpuNs[0]! + 5) })).toContain(
      `cpu_ns of ${name}`,
    );
  });
});
