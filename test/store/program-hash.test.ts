/** Runs of another program are other runs: its hash is of what all of its files hold. */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../commands/offloadcage.js';
import { definitionFile, SMALL } from '../experiments/definition-files.js';
import { folderForEach } from './machine-run.js';
import { expectAllFound } from './program-modules.js';

const folder = folderForEach();
const DEFINITION = definitionFile(SMALL.replace('duration: 10s', 'duration: 1s'));

test('the compiled program is the files that a bundler finds', async () => {
  await expectAllFound('dist/worker.js');
});

/** A copy of the program, to be changed. */
function copyOfProgram(): string {
  const copy = join(folder.path, 'copy');
  mkdirSync(copy);
  for (const name of ['bin', 'dist', 'experiments', 'package.json', 'oclif.manifest.json']) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'dir');
  return copy;
}

/** Runs two loops with a copy of the program; what they had, and what it said. */
function runWith(copy: string) {
  const out = join(folder.path, 'out');
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(copy, 'bin/run.js'), 'run', DEFINITION, '--seeds', '2', '--out', out, '--force'],
    {
      encoding: 'utf8',
      cwd: dirname(DEFINITION),
      env: { ...process.env, OFFLOADCAGE_CACHE: join(folder.path, 'store') },
    },
  );
  expect(status).toBe(0);
  return { summary: readFileSync(join(out, 'summary.csv'), 'utf8'), stderr };
}

/** Changes a text that is in one of the compiled files, which keeps its name. */
function change(copy: string, from: string, to: string): void {
  const found = readdirSync(join(copy, 'dist'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.js'))
    .map((name) => join(copy, 'dist', name))
    .filter((file) => readFileSync(file, 'utf8').includes(from));
  expect(found).toHaveLength(1);
  for (const file of found) {
    writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
  }
}

test('a changed constant of the model makes all runs new; a changed text does not', () => {
  const copy = copyOfProgram();
  const first = runWith(copy);
  expect(first.stderr).not.toMatch(/from the store/);
  const again = runWith(copy);
  expect(again.summary).toBe(first.summary);
  expect(again.stderr).toMatch(/2 of 2 runs from the store/);
  change(copy, ' runs from the store`', ' RUNS from the store`');
  const worded = runWith(copy);
  expect(worded.stderr).toMatch(/2 of 2 RUNS from the store/);
  // The time slice of the credit scheduler.
  change(copy, 'sliceNs: 3e7', 'sliceNs: 7e7');
  const changed = runWith(copy);
  expect(changed.stderr).not.toMatch(/RUNS/);
  expect(changed.summary).not.toBe(first.summary);
  change(copy, 'sliceNs: 7e7', 'sliceNs: 3e7');
  const back = runWith(copy);
  expect(back.summary).toBe(first.summary);
  expect(back.stderr).toMatch(/2 of 2 RUNS from the store/);
});
