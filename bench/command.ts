import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { interleaved, type Measurement } from './benchmark.js';

const ROUNDS = 5;
/** From `build/bench`. */
const LAUNCHER = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

/** Whole processes of the built command: the help against an empty Node, and the main job. */
export function command(): Measurement[] {
  const help = interleaved(
    ROUNDS,
    () => run([LAUNCHER, '--help']),
    () => run(['-e', '0']),
  );
  return [
    {
      name: 'offloadcage --help',
      value: help.oursSeconds / help.yardstickSeconds,
      unit: 'x node -e 0',
      relativeSpeed: null,
    },
    {
      name: 'offloadcage reproduce snort',
      value: reproduceSeconds(),
      unit: 's',
      relativeSpeed: null,
    },
  ];
}

function reproduceSeconds(): number {
  const folder = mkdtempSync(join(tmpdir(), 'offloadcage-bench-'));
  try {
    const start = performance.now();
    run([LAUNCHER, 'reproduce', 'snort', '--out', join(folder, 'snort')]);
    return (performance.now() - start) / 1000;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(args: readonly string[]): void {
  execFileSync(process.execPath, args, { stdio: 'ignore' });
}
