/** What is printed arrives as a whole, or the command says why not. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { offloadcageProcess, root } from './offloadcage.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'offloadcage-stdout-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a line of a shell in which `offloadcage` is the built command. */
function shell(line: string) {
  const command = `offloadcage() { "${process.execPath}" "${root}/bin/run.js" "$@"; }; ${line}`;
  return spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' });
}

test.each([
  'list',
  'list --json',
  'show snort',
  'help reproduce',
  '--help',
  '--version',
  'trace snort --for 10ms -o -',
  'reproduce snort --seeds 1 --duration 1 --jobs 1 --json',
])('a full disk below stdout is said in a line: %s', (args) => {
  const { status, stderr } = shell(`offloadcage ${args} > /dev/full`);
  expect(stderr).toBe('offloadcage: stdout: cannot write: the disk is full\n');
  expect(status).toBe(1);
});

test('what a disk takes in part only is not taken for written', () => {
  const whole = offloadcageProcess(['show', 'snort']).stdout;
  // A limit of 4 or 8 kB cuts a write short as a full disk does.
  const { status, stderr } = shell('ulimit -f 8; offloadcage show snort > part');
  const part = readFileSync(join(folder, 'part'), 'utf8');
  expect(part.length).toBeGreaterThan(1000);
  expect(part.length).toBeLessThan(whole.length);
  expect(stderr).toMatch(/^offloadcage: stdout: cannot write: the file would be larger.*\n$/);
  expect(status).toBe(1);
});

test('wrong input stays wrong input, said once, where its JSON finds no room', () => {
  const { status, stderr } = shell('offloadcage show snrot --json > /dev/full');
  expect(stderr).toMatch(/^offloadcage: experiment: got "snrot".*\n$/);
  expect(status).toBe(2);
});

test('a reader that is slow gets all, one that has seen enough is no error', () => {
  const { stdout } = offloadcageProcess(['show', 'snort', '--json']);
  expect(shell('offloadcage show snort --json | (sleep 1; cat)').stdout).toBe(stdout);
  for (const args of ['list', '--help']) {
    const { stderr } = shell(`offloadcage ${args} | (exec <&-; sleep 1)`);
    expect(stderr).toBe('');
  }
});
