import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { RunTask } from '../../src/run/run-task.js';
import { machineInput } from '../model/machine-input.js';

/** Runs of two loops for 20 ms, which differ in their seeds. */
export function shortRun(seed: number): RunTask {
  const input = machineInput({ warmupNs: 0, durationNs: 2e7, sampleNs: 1e7 });
  return { name: 'short', input, subject: null, seed };
}

/** A folder for each test. */
export function folderForEach(): { readonly path: string } {
  const folder = { path: '' };
  beforeEach(() => {
    folder.path = mkdtempSync(join(tmpdir(), 'offloadcage-store-'));
  });
  afterEach(() => rmSync(folder.path, { recursive: true, force: true }));
  return folder;
}

/** All files below a folder. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}
