import { describe, expect, it } from 'vitest';
import { firstDifference } from './compare.js';
import { runScenario } from './scenario-run.js';
import { readVectorFile } from './vector-file.js';

const vectors = ['credit.jsonl.gz', 'credit-bench.jsonl'].flatMap((file) =>
  readVectorFile(`test/vectors/${file}`),
);

describe('the credit scheduler decides as the one of Xen 3.3', () => {
  it('over all vectors', () => {
    expect(vectors).toHaveLength(82);
  });

  it.each(vectors.map((vector) => [vector.name, vector] as const))('%s', (_, vector) => {
    expect(firstDifference(vector, runScenario(vector))).toBeNull();
  });
});

describe('firstDifference', () => {
  const vector = vectors[2]!;
  const actual = runScenario(vector);
  const withExpectation = (changed: Partial<typeof vector.expect>) =>
    firstDifference({ ...vector, expect: { ...vector.expect, ...changed } }, actual);

  it('shows a differing switch with its neighbours', () => {
    const switches = vector.expect.switches!.map((row) => [...row] as typeof row);
    switches[10] = [switches[10]![0] + 1, 0, 'idle'];
    const report = withExpectation({ switches })!.split('\n');
    expect(report[0]).toContain('switch');
    expect(report[0]).toContain(' 10,');
    expect(report[3]).toContain(vector.expect.switches![9]!.join(' '));
    expect(report.filter((line) => line.includes('expected'))[0]).toContain(switches[10].join(' '));
    expect(report.filter((line) => line.includes('actual'))[0]).toContain(
      vector.expect.switches![10]!.join(' '),
    );
  });

  it('shows a missing end', () => {
    const switches = vector.expect.switches!.slice(0, -1);
    expect(withExpectation({ switches })).toContain('expected   no more');
    const accounting = vector.expect.accounting!.concat([[1, 2, 3, []]]);
    expect(withExpectation({ accounting })).toContain('actual     no more');
  });

  it('compares counts, hashes and CPU times too', () => {
    const { cpu_ns } = vector.expect;
    const name = Object.keys(cpu_ns)[0]!;
    const zeros = '0'.repeat(64);
    expect(withExpectation({ switch_count: 1 })).toContain('switch_count: expected 1');
    expect(withExpectation({ switch_sha256: zeros })).toContain('switch_sha256');
    expect(withExpectation({ accounting_count: 1 })).toContain('accounting_count: expected 1');
    expect(withExpectation({ accounting_sha256: zeros })).toContain('accounting_sha256');
    expect(withExpectation({ cpu_ns: { ...cpu_ns, [name]: 5 } })).toContain(`cpu_ns of ${name}`);
  });
});
