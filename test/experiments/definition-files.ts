import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A small valid definition to break. */
export const SMALL = `id: small
title: Two loops
duration: 10s
warmup: 0
domains:
  vm1: {}
  vm2: { weight: 512 }
processes:
  one: { program: loop, domain: vm1 }
  two: { program: loop, domain: vm2 }
`;

/** Two variants of it, and figures of both and of one. */
export const TWO_LOOPS = `${SMALL}variants:
  even: { title: Even, domains: { vm2: { weight: 256 } } }
  double: { title: Double }
figures:
  - id: f
    number: 1
    title: Loops
    lines:
      - { variant: even, metric: domain_vm1_cpu_pct, label: Even }
      - { variant: double, metric: domain_vm1_cpu_pct, label: Double }
  - id: g
    number: 2
    title: Even loops
    lines: [{ variant: even, metric: idle_pct, label: Idle }]
`;

/** Of the test file that imports this module: made and removed with it. */
const folder = mkdtempSync(join(tmpdir(), 'offloadcage-definitions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let written = 0;

/** Writes a definition into a directory of its own and returns its path. */
export function definitionFile(text: string | Uint8Array, name = 'my.yaml'): string {
  const own = join(folder, String(++written));
  mkdirSync(own);
  const path = join(own, name);
  writeFileSync(path, text);
  return path;
}

/** Processes in domain 0 that each set an exact timer. */
export function exactTimers(count: number): string {
  const process = '{ program: periodic, domain: dom0, run: 1ms, every: 1s, clock: exact }';
  return Array.from({ length: count }, (_, i) => `  p${i}: ${process}\n`).join('');
}
