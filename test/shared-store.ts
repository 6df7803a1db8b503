import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RunStore } from '../src/run/store/run-store.js';

/**
 * One store of runs for all tests, and never the user's: what one test has run the others need not
 * run again, as long as it is of the same code. Tests of whether two runs are the same take
 * `--no-cache`; tests of the store have one of their own.
 *
 * As a global set-up of vitest: makes the store before the tests, and removes it after them.
 * `TEST_STORE` names a folder that stays.
 */
export default function setUp(): () => void {
  const { TEST_STORE } = process.env;
  const folder = TEST_STORE ?? mkdtempSync(join(tmpdir(), 'offloadcage-test-store-'));
  process.env.OFFLOADCAGE_CACHE = folder;
  return () => {
    if (TEST_STORE === undefined) rmSync(folder, { recursive: true, force: true });
  };
}

/** The store, for tests that run no command. */
export function sharedStore(): RunStore {
  const folder = process.env.OFFLOADCAGE_CACHE;
  if (folder === undefined) throw new Error('no store: see vitest.config.ts');
  const say = (line: string) => {
    throw new Error(line);
  };
  return new RunStore({ folder, limitBytes: 1e9, say });
}
