/** `npm run bench [-- --json]`: prints what `benchmarks.ts` lists. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Measurement } from './benchmark.js';
import { benchmarks } from './benchmarks.js';

/** From `build/bench`. */
const ONE = fileURLToPath(new URL('./one.js', import.meta.url));
const USAGE = 'Usage: npm run bench [-- --json]';

process.exitCode = main(process.argv.slice(2));

function main(options: readonly string[]): number {
  if (options.some((option) => option !== '--json')) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const measurements = Object.keys(benchmarks).flatMap(inOwnProcess);
  const json = JSON.stringify({ node: process.version, measurements }, null, 2);
  process.stdout.write(`${options.length > 0 ? json : table(measurements)}\n`);
  return 0;
}

/**
 * What V8 has learnt from one benchmark makes the code of the next slower: the credit scheduler's
 * runs a bare machine around it, which no simulation has.
 */
function inOwnProcess(name: string): Measurement[] {
  return JSON.parse(execFileSync(process.execPath, [ONE, name], { encoding: 'utf8' }));
}

function table(measurements: readonly Measurement[]): string {
  const rows = measurements.map(({ name, value, unit, relativeSpeed }) => [
    name,
    `${value.toPrecision(3)} ${unit}`,
    relativeSpeed === null ? '' : `${relativeSpeed.toFixed(2)} x`,
  ]);
  rows.unshift(['', `median (Node ${process.version})`, 'plain heap']);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
