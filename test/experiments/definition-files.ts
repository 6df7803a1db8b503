import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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

/** Writes a definition into a directory of its own and returns its path. */
export function definitionFile(text: string | Uint8Array, name = 'my.yaml'): string {
  const path = join(mkdtempSync(join(tmpdir(), 'offloadcage-')), name);
  writeFileSync(path, text);
  return path;
}
