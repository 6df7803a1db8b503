/** The keys of each command's `--json` are a promise: `json-contract.txt` shows every change. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { offloadcage } from './offloadcage.js';

const folder = mkdtempSync(join(tmpdir(), 'offloadcage-json-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Objects whose keys are names and not part of the promise; what is below is that of any. */
const MAPS = ['variants', 'summary', 'experiments'];

const SHORT = ['--seeds', '2', '--duration', '2'];
const POINTS = ['--variant', 'offload', '--vary', 'cage.cap=40,50', '--metrics', 'total_cpu_pct'];

const COMMANDS: readonly (readonly string[])[] = [
  ['reproduce', 'loop', '--seeds', '2'],
  ['run', 'mine.yaml', '--set', 'httperf.rate=1000', ...SHORT],
  ['run', 'mine.yaml', '--duration', '2', '--precision', '0.5,1%', '--max-seeds', '20'],
  ['list'],
  ['show', 'tripwire'],
  ['show', 'snort-cap'],
  ['metrics', 'snort'],
  ['verify', 'M1', '--seeds', '2'],
  ['verify', 'M1', '--sensitivity', '--points', '8', '--out', 'sensitivity'],
  ['verify', 'M1', 'M2', '--readings', '--seeds', '2', '--out', 'readings'],
  ['calibrate', '--rounds', '1', '--seeds', '1'],
  ['trace', 'loop', '--for', '1ms', '-o', 'trace.json'],
  ['report', 'loop', ...SHORT, '--out', 'report.html'],
  ['compare', 'loop', ...SHORT, '--metrics', 'idle_pct'],
  ['sweep', 'snort', ...POINTS, ...SHORT, '-o', 'sweep.csv'],
  ['sweep', 'snort', ...POINTS, ...SHORT, '-o', 'part', '--shard', '1/2'],
  ['sweep', 'snort', ...POINTS, ...SHORT, '--dry-run'],
  ['sweep', 'paths', 'snort'],
  ['cache', 'info'],
  ['cache', 'prune'],
  ['cache', 'clear'],
  ['show', 'nothing'],
];

/** `claims[].id: string` and so on: every place in a value, with what is there. */
function places(value: unknown, at: string): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => places(one, `${at}[]`));
  if (value === null || typeof value !== 'object')
    return [`${at}: ${value === null ? 'null' : typeof value}`];
  const entries = Object.entries(value);
  if (MAPS.some((name) => at.endsWith(name)))
    return entries.flatMap(([, one]) => places(one, `${at}.*`));
  return entries.flatMap(([key, one]) => places(one, at === '' ? key : `${at}.${key}`));
}

/** `cache clear` must not clear what the tests have in common. */
const env = { OFFLOADCAGE_CACHE: join(folder, 'store') };

test('keys and types are as promised', async () => {
  await offloadcage(['init', 'mine'], { cwd: folder });
  const shapes: string[] = [];
  for (const args of COMMANDS) {
    const { stdout } = await offloadcage([...args, '--json'], { cwd: folder, env });
    const found = new Set(places(JSON.parse(stdout), ''));
    shapes.push(args.join(' '), ...[...found].sort().map((place) => `  ${place}`), '');
  }
  await expect(shapes.join('\n')).toMatchFileSnapshot('json-contract.txt');
});
