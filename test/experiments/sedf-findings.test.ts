/** What the description of sedf-surprises says came out; `--update` writes the numbers anew. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findExperiment } from '../../src/files/experiment-catalog.js';
import { runExperiment } from '../../src/run/runner.js';
import { root } from '../commands/offloadcage.js';
import { SedfRun } from '../conformance/sedf-run.js';
import { readVectorFile } from '../conformance/vector-file.js';
import { says, withNumbers } from '../docs/statements.js';

const ID = 'sedf-surprises';
const { variants } = await runExperiment(findExperiment(ID), {
  jobs: 1,
  seeds: [1],
  durationNs: 10e9,
});

/** CPU time in percent. */
function cpu(variant: string, domain: string): number {
  const found = variants.find(({ id }) => id === variant);
  return found?.summary[`domain_${domain}_cpu_pct`]?.mean ?? Number.NaN;
}

function idle(variant: string): number {
  return variants.find(({ id }) => id === variant)?.summary.idle_pct?.mean ?? Number.NaN;
}

/** Share of the CPU of a VCPU in a schedule that was recorded from Xen. */
function recordedPct(name: string, vcpu: number): number {
  const vector = readVectorFile('test/vectors/sedf.jsonl.gz').find((one) => one.name === name);
  if (vector?.scheduler !== 'sedf') throw new Error(`no vector ${name}`);
  return (100 * new SedfRun(vector).run().cpuNs[vcpu]!) / vector.end_ns;
}

describe('what SEDF comes to by arithmetic', () => {
  /** A switch of VCPUs costs 5 us, which is the most that a share may be off for each. */
  const near = (actual: number, expected: number) =>
    expect(Math.abs(actual - expected)).toBeLessThan(1);

  test('a loop gets its slice of each period, and domain 0 half of what it leaves, too', () => {
    near(cpu('reserved', 'vm1'), (100 * 15) / 20);
    near(cpu('dom0-untouched', 'dom0'), (100 * (15 + 2.5)) / 20);
  });

  test('after a short block there is one run of 0.5 ms per period', () => {
    near(cpu('blocking', 'vm1'), (100 * 0.5) / 20);
  });

  test('a reservation counts in extra time by its length, where a weight of 1 costs 131072', () => {
    const score = Math.trunc((20 * 1024) / 15);
    near(cpu('dom0-set', 'vm2'), (25 * score) / (score + 131_072));
  });

  test('of 0.7 ms only one run of 0.5 ms is given away', () => {
    near(idle('short-period'), 20);
    near(cpu('short-period', 'vm1'), 30);
  });

  test('runs in extra time take turns, long or short', () => {
    near(cpu('short-runs', 'vm5'), (100 * 0.1) / (0.1 + 0.5));
  });

  test('a negative slice reserves nothing', () => {
    expect(cpu('equal-weights', 'vm1')).toBe(0);
    near(cpu('equal-weights', 'vm4'), 40);
  });
});

test('the description has the numbers', async () => {
  const one = (value: number) => value.toFixed(1);
  const path = join(root, `experiments/${ID}.yaml`);
  const statements = [
    says`it gets ${cpu('reserved', 'vm1').toFixed(0)}%, beside another loop.`,
    says`with the same promise, gets ${one(cpu('blocking', 'vm1'))}%.`,
    says`With extra time it gets ${one(cpu('blocking-extra', 'vm1'))}%.`,
    says`a loop in it gets ${one(cpu('dom0-untouched', 'dom0'))}%.`,
    says`set to the same, it gets ${one(cpu('dom0-set', 'dom0'))}%:`,
    says`${one(idle('short-period'))}% of the CPU is idle`,
    says`sleeps 0.1 ms gets ${one(cpu('short-runs', 'vm5'))}% beside a loop.`,
    says`gets ${one(cpu('equal-weights', 'vm1'))}%, as it takes no extra time, and the other
      ${one(cpu('equal-weights', 'vm3'))}%, which is extra time.`,
    says`leaves ${recordedPct('up-adjust-is-a-block', 0).toFixed(0)}% of the CPU.`,
  ];
  await expect(withNumbers(readFileSync(path, 'utf8'), statements)).toMatchFileSnapshot(path);
});
