import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

const bin = resolve(root, 'bin/run.js');

/** Runs the built command as a shell would, without a terminal. */
export function offloadcage(
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): SpawnSyncReturns<string> {
  const { DEBUG: _, FORCE_COLOR: __, NO_COLOR: ___, ...env } = process.env;
  return spawnSync(process.execPath, [bin, ...args], {
    cwd: options.cwd ?? root,
    env: { ...env, ...options.env },
    encoding: 'utf8',
    input: '',
  });
}
