import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { readVectorFile, VectorFileError } from './vector-file.js';

const folder = mkdtempSync(join(tmpdir(), 'offloadcage-vectors-'));
afterAll(() => rmSync(folder, { recursive: true }));

const vcpu = { id: 0, pcpu: 0, affinity: [0], start_ns: 0, bursts: [[5, 5]] };
const sha256 = '0'.repeat(64);
const valid = {
  name: 'small',
  pcpus: 1,
  end_ns: 100,
  domains: [{ id: 3, weight: 256, cap: 0, vcpus: [vcpu] }],
  ops: [{ t_ns: 5, op: 'pause', domain: 3, vcpu: 0 }],
  expect: {
    switch_count: 0,
    switch_sha256: sha256,
    accounting_count: 0,
    accounting_sha256: sha256,
    cpu_ns: { '3.0': 0 },
  },
};

function file(content: string | Buffer): string {
  const path = join(folder, 'vectors');
  writeFileSync(path, content);
  return path;
}

function message(path: string): string {
  try {
    readVectorFile(path);
  } catch (error) {
    if (error instanceof VectorFileError) return error.message;
    throw error;
  }
  return 'no error';
}

describe('readVectorFile', () => {
  it('tells gzip from plain by its first bytes', () => {
    const text = `${JSON.stringify(valid)}\n\n${JSON.stringify(valid)}\n`;
    expect(readVectorFile(file(text))).toHaveLength(2);
    expect(readVectorFile(file(gzipSync(text)))).toHaveLength(2);
  });

  it.each([
    ['pcpus', { pcpus: 33 }],
    ['end_ns', { end_ns: -1 }],
    ['domains.0.vcpus.0', { domains: [{ ...valid.domains[0], vcpus: [{ ...vcpu, pcpu: 1 }] }] }],
    ['domains.1.id', { domains: [valid.domains[0], valid.domains[0]] }],
    [
      'domains.0.vcpus.0.bursts',
      { domains: [{ ...valid.domains[0], vcpus: [{ ...vcpu, bursts: [] }] }] },
    ],
    ['ops.0', { ops: [{ t_ns: 5, op: 'pause', domain: 3, vcpu: 1 }] }],
    ['ops.0', { ops: [{ t_ns: 5, op: 'unpause', domain: 3, vcpu: 0 }] }],
    ['ops.0.op', { ops: [{ t_ns: 5, op: 'destroy', domain: 3 }] }],
    ['expect.cpu_ns', { expect: { ...valid.expect, cpu_ns: {} } }],
    ['expect.switch_sha256', { expect: { ...valid.expect, switch_sha256: 'abc' } }],
  ])('names file, line and field: %s', (field, change) => {
    const path = file(`${JSON.stringify(valid)}\n${JSON.stringify({ ...valid, ...change })}`);
    expect(message(path)).toContain(`${path}: line 2: ${field}: `);
    expect(message(path)).not.toContain('\n');
  });

  const share = { period_ns: 20, slice_ns: 10, latency_ns: 0, extratime: 1, weight: 0 };
  const { accounting_count: _, accounting_sha256: __, ...ofSwitches } = valid.expect;
  const sedf = {
    ...valid,
    domains: [{ id: 3, ...share, vcpus: [vcpu] }],
    ops: [{ t_ns: 5, op: 'adjust', domain: 3, ...share, caller: '3.0' }],
    expect: { ...ofSwitches, decision_count: 0, decision_sha256: sha256 },
  };

  it('tells vectors of SEDF by what they expect, in one file with others', () => {
    const text = [valid, sedf].map((vector) => JSON.stringify(vector)).join('\n');
    expect(readVectorFile(file(text)).map(({ scheduler }) => scheduler)).toEqual([
      'credit',
      'sedf',
    ]);
  });

  it.each([
    ['domains.0.slice_ns', { domains: [{ ...sedf.domains[0], slice_ns: undefined }] }],
    ['domains.0.period_ns', { domains: [{ ...sedf.domains[0], period_ns: -1 }] }],
    ['domains.0.extratime', { domains: [{ ...sedf.domains[0], extratime: true }] }],
    ['ops.0.caller', { ops: [{ ...sedf.ops[0], caller: '3.1' }] }],
    ['ops.0.weight', { ops: [{ ...sedf.ops[0], weight: 0.5 }] }],
    ['ops.0', { ops: [{ ...sedf.ops[0], domain: 4 }] }],
    ['expect.decision_sha256', { expect: { ...sedf.expect, decision_sha256: 'abc' } }],
    ['expect.decisions.0.3', { expect: { ...sedf.expect, decisions: [[1, 0, '3.0', 'x', 5]] } }],
  ])('names file, line and field of a vector of SEDF: %s', (field, change) => {
    const path = file(`${JSON.stringify(sedf)}\n${JSON.stringify({ ...sedf, ...change })}`);
    expect(message(path)).toContain(`${path}: line 2: ${field}: `);
    expect(message(path)).not.toContain('\n');
  });

  it('says in one line if it cannot tell the scheduler', () => {
    const { expect: both } = { expect: { ...valid.expect, ...sedf.expect } };
    const lines = [
      { ...valid, expect: ofSwitches },
      { ...valid, expect: both },
    ];
    const [neither, either] = lines.map((line) => message(file(JSON.stringify(line))));
    expect(neither).toContain('line 1: expect: has neither accounting_count (credit) nor decision');
    expect(either).toContain('line 1: expect: has both accounting_count (credit) and decision');
  });

  it('says in one line what else can be wrong', () => {
    expect(message(join(folder, 'absent'))).toContain('cannot be read (ENOENT)');
    expect(message(folder)).toContain('cannot be read (EISDIR)');
    expect(message(file(''))).toContain('has no vectors');
    expect(message(file('{"name": '))).toContain('line 1: is not a JSON object');
    expect(message(file('[1]'))).toContain('line 1: the line: ');
    expect(message(file(gzipSync('x').subarray(0, 12)))).toContain('broken gzip data');
  });
});
