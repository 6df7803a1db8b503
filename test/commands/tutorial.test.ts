/** The tutorial's definitions run as they stand, and print what it says. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { offloadcage, root } from './offloadcage.js';

const tutorial = readFileSync(join(root, 'docs/experiments.md'), 'utf8');
const cwd = mkdtempSync(join(tmpdir(), 'offloadcage-tutorial-'));

afterAll(() => rmSync(cwd, { recursive: true, force: true }));

/** A definition, the command that runs it, and lines of what that prints. */
const EXAMPLES = [
  ...tutorial.matchAll(
    /```yaml\n(id: .*?)```\n+```sh\noffloadcage (run (\S+) .*?)\n```\n+```\n(.*?)\n```/gs,
  ),
].map(([, yaml = '', command = '', file = '', lines = '']) => ({ yaml, command, file, lines }));

/** Files that examples read, with the name that is said before them. */
const RECORDINGS = [...tutorial.matchAll(/`(\S+\.csv)`:\n+```csv\n(.*?)```/gs)];

beforeAll(() => {
  for (const [, name = '', text = ''] of RECORDINGS) writeFileSync(join(cwd, name), text);
});

test('there are such examples', () => {
  const files = EXAMPLES.map(({ file }) => file);
  expect(files).toEqual(
    expect.arrayContaining(['cheat.yaml', 'job.yaml', 'thief.yaml', 'replay.yaml']),
  );
});

test.each(EXAMPLES)('$file', async ({ yaml, command, file, lines }) => {
  writeFileSync(join(cwd, file), yaml);
  const { status, stdout, stderr } = await offloadcage(command.split(' '), { cwd });
  expect(stderr).not.toMatch(/warning/i);
  expect(status).toBe(0);
  expect(stdout.split('\n')).toEqual(expect.arrayContaining(lines.split('\n')));
});
