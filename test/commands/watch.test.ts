/** `run --watch` in a process of its own: files change, and Ctrl-C ends it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { machineFile } from '../../src/files/shipped.js';
import { bin, offloadcage } from './offloadcage.js';

const MINE = `id: mine
title: Replayed
machine: own.yaml
duration: 100ms
sample: 100ms
warmup: 0s
seeds: 1
domains: { vm1: {} }
processes: { web: { program: webserver, domain: vm1 } }
clients: { log: { kind: replay, target: web, file: log.csv } }
`;

let cwd: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'offloadcage-watch-'));
  writeFileSync(join(cwd, 'mine.yaml'), MINE);
  writeFileSync(join(cwd, 'own.yaml'), readFileSync(machineFile('athlon-xen33')));
  writeFileSync(join(cwd, 'log.csv'), 'time_s\n0.01\n');
});

afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(cwd, { recursive: true, force: true });
});

/** Starts the command; what it says on stderr is read up to a line. */
function watch(...more: string[]) {
  const args = [bin, 'run', 'mine.yaml', '--watch', '--jobs', '1', '--no-charts', ...more];
  const running = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  child = running;
  let [said, read] = ['', 0];
  running.stderr.on('data', (data) => {
    said += data;
  });
  running.stdout.resume();
  const ended = new Promise<number | null>((resolve) => running.once('close', resolve));
  const until = async (what: RegExp) => {
    await expect.poll(() => said.slice(read), { timeout: 8000, interval: 20 }).toMatch(what);
    const text = said.slice(read);
    read = said.length;
    return text;
  };
  return { until, ended, stop: () => running.kill('SIGINT') };
}

const hash = () =>
  JSON.parse(readFileSync(join(cwd, 'results/mine/datapackage.json'), 'utf8')).offloadcage
    .definition_hash;

const WATCHING = /watching 3 files; Ctrl-C ends\n/;

test('runs again at each change of definition, machine and recording, until Ctrl-C', async () => {
  const { until, ended, stop } = watch();
  await until(WATCHING);
  const hashes = [hash()];
  const changes: [string, (text: string) => string][] = [
    ['mine.yaml', (text) => text.replace('vm1: {}', 'vm1: { weight: 512 }')],
    ['own.yaml', (text) => text.replace('value: 48.7', 'value: 50')],
    ['log.csv', (text) => `${text}0.02\n`],
  ];
  for (const [name, change] of changes) {
    // As editors do: another file in its place.
    const path = join(cwd, name);
    writeFileSync(`${path}~`, change(readFileSync(path, 'utf8')));
    renameSync(`${path}~`, path);
    expect(await until(WATCHING)).toContain(`${name} has changed\n`);
    hashes.push(hash());
  }
  expect(new Set(hashes).size).toBe(4);
  stop();
  expect(await ended).toBe(130);
  expect(await until(/\n$/)).toBe('offloadcage: interrupted: nothing was running\n');
});

test('says what is wrong after a change, leaves the results, and waits for the next', async () => {
  const { until, ended, stop } = watch();
  await until(WATCHING);
  const before = hash();
  writeFileSync(join(cwd, 'mine.yaml'), MINE.replace('vm1: {}', 'vm1: { weight: many }'));
  expect(await until(/watching .*\n/)).toMatch(
    /^.*has changed\noffloadcage: mine\.yaml:8:.*"many"/,
  );
  writeFileSync(join(cwd, 'mine.yaml'), MINE.replace('own.yaml', 'new/own.yaml'));
  expect(await until(/watching .*\n/)).toMatch(/offloadcage: mine\.yaml:3:.*no such file/);
  // The file that was missing is waited for, too.
  mkdirSync(join(cwd, 'new'));
  renameSync(join(cwd, 'own.yaml'), join(cwd, 'new/own.yaml'));
  expect(await until(WATCHING)).toContain('own.yaml has changed\n');
  expect(hash()).toBe(before);
  stop();
  expect(await ended).toBe(130);
});

test.each([
  [['-'], '--watch: got "-"; allowed: the path of a file that can be read again'],
  [['nothing.yaml'], '--watch: got "nothing.yaml"; allowed: the path of a file'],
  [['mine.yaml', '--variant', 'no'], '--variant: got "no"; allowed: '],
])('refuses at the start %j', async (args, message) => {
  const { status, stderr } = await offloadcage(['run', ...args, '--watch'], { cwd });
  expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
});
