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

  it('says in one line what else can be wrong', () => {
    expect(message(join(folder, 'absent'))).toContain('cannot be read (ENOENT)');
    expect(message(folder)).toContain('cannot be read (EISDIR)');
    expect(message(file(''))).toContain('has no vectors');
    expect(message(file('{"name": '))).toContain('line 1: is not a JSON object');
    expect(message(file('[1]'))).toContain('line 1: the line: ');
    expect(message(file(gzipSync('x').subarray(0, 12)))).toContain('broken gzip data');
  });
});
