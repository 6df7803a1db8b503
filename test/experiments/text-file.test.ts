/** Where a definition may come from, and what is no text. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { loadDefinition } from '../../src/files/load-definition.js';
import { isRereadable, MAX_FILE_BYTES } from '../../src/files/text-file.js';
import { findShown, findSweep } from '../../src/sweep/sweep-file.js';
import { root } from '../commands/offloadcage.js';
import { definitionFile, SMALL } from './definition-files.js';
import { messageFor, messageOf } from './messages.js';

const utf16 = Buffer.from(`\ufeff${SMALL}`, 'utf16le');

test.each<[string, string | Uint8Array, string]>([
  ['UTF-16', utf16, 'my.yaml: got UTF-16 text; allowed: a YAML file in UTF-8'],
  ['UTF-16, the other way round', Buffer.from(utf16).swap16(), 'my.yaml: got UTF-16 text'],
  ['lines of an old Mac', SMALL.replaceAll('\n', '\r'), 'my.yaml: got lines that end in CR; allo'],
  [
    'too much',
    `${SMALL}#`.padEnd(MAX_FILE_BYTES + 1, 'x'),
    'my.yaml: got more than 250 kB; allowed',
  ],
])('%s is refused', (_, text, message) => expect(messageFor(text)).toContain(message));

test.each([
  ['a byte order mark', `\ufeff${SMALL}`],
  ['lines of Windows', SMALL.replaceAll('\n', '\r\n')],
  ['as much as is allowed', `${SMALL}#`.padEnd(MAX_FILE_BYTES, 'x')],
])('%s is not', (_, text) => {
  expect(loadDefinition(definitionFile(text)).title).toBe('Two loops');
});

test('a byte order mark and carriage returns do not shift places', () => {
  for (const text of [`\ufeff${SMALL}`, SMALL.replaceAll('\n', '\r\n')]) {
    expect(messageFor(text.replace('weight', 'wieght'))).toContain('my.yaml:7:10: domains.vm2.w');
  }
});

test('names with control characters stay on one line', () => {
  expect(messageFor(`${SMALL}"a\\nb\\e[31m": 1\n`)).toContain(
    'my.yaml:11:1: a\\nb\\u001b[31m: got',
  );
});

test('what has no end, and links in a circle', () => {
  expect(messageOf(() => loadDefinition('/dev/zero'))).toBe(
    '/dev/zero: got more than 250 kB; allowed: a YAML file of at most 250 kB',
  );
  expect(messageOf(() => loadDefinition('/dev/null'))).toContain('/dev/null: the file is empty');
  const circle = join(dirname(definitionFile(SMALL)), 'circle.yaml');
  symlinkSync(circle, circle);
  expect(messageOf(() => loadDefinition(circle))).toContain('is a link that leads to itself');
});

/** A pipe that says this once to whoever reads it first. */
function pipe(text: string): string {
  const path = definitionFile('', 'file.yaml').replace(/file\.yaml$/, 'pipe.yaml');
  spawnSync('sh', ['-c', 'mkfifo "$0"', path]);
  spawn('sh', ['-c', 'printf %s "$0" > "$1"', text, path]);
  return path;
}

test.each([
  ['run', (path: string) => loadDefinition(path).id],
  ['show', (path: string) => findShown(path).id],
  ['sweep', (path: string) => findSweep(path).id],
])('%s reads a pipe once', (_, idOf) => {
  expect(idOf(pipe(SMALL))).toBe('small');
});

test('paths in a pipe are relative to the current directory', () => {
  // There is one of that name beside the pipe.
  const message = messageOf(() => loadDefinition(pipe(`${SMALL}machine: ./file.yaml\n`)));
  expect(message).toContain('./file.yaml: no such file');
  const folder = dirname(definitionFile(`id: s\ntitle: S\nexperiment: ./in/mine.yaml\n`, 's.yaml'));
  mkdirSync(join(folder, 'in'));
  writeFileSync(join(folder, 'in', 'mine.yaml'), SMALL);
  expect(findSweep(join(folder, 's.yaml')).definition.id).toBe('small');
});

test('what can be read again', () => {
  expect(isRereadable(definitionFile(SMALL))).toBe(true);
  for (const path of ['-', '/dev/stdin', 'none.yaml', '/']) expect(isRereadable(path)).toBe(false);
});

test('the standard input is a definition if - says so, and never a missing argument', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(root, 'bin/run.js'), ...args], {
      input: `${SMALL}warmpu: 1\n`,
      encoding: 'utf8',
    });
  for (const name of ['-', '/dev/stdin', '/proc/self/fd/0']) {
    expect(run('show', name).stderr).toMatch(/^offloadcage: <stdin>:11:1: warmpu: .*warmup\?\n$/);
  }
  expect(run('show').stderr).toMatch(/^offloadcage: experiment: got nothing; allowed: /);
});
