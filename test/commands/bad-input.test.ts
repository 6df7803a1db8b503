/** Wrong input: exit code 2, one line on stderr, nothing written. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { offloadcage } from './offloadcage.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offloadcage-bad-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function expectRefusal(args: readonly string[], message: RegExp): void {
  const before = readdirSync(folder);
  const { status, stdout, stderr } = offloadcage(args, { cwd: folder });
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stderr).not.toContain('internal error');
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(readdirSync(folder)).toEqual(before);
}

describe('the command line', () => {
  test.each<[string, string[], RegExp]>([
    ['an unknown command', ['reproduse', 'snort'], /unknown command "reproduse".*"reproduce"/],
    ['an unknown experiment', ['reproduce', 'snrot'], /snrot.*did you mean snort\?/],
    ['nearly all', ['reproduce', 'al'], /"al".*, all; did you mean all\?/],
    ['all where one is meant', ['show', 'all'], /"all"; allowed: snort, /],
    [
      'variants of all experiments',
      ['reproduce', 'all', '--variant', 'offload'],
      /^offloadcage: --variant: got offload with all; allowed: with a single experiment only$/m,
    ],
    [
      'a duration of too many samples',
      ['reproduce', 'all', '--duration', '1.2345678'],
      /--duration: got 1\.2345678s, 6172839 samples of 200ns; allowed: at most 100000 samples/,
    ],
    ['no place for all', ['reproduce', 'all', '--out', ''], /output folder: got an empty path/],
    ['an unknown experiment to show', ['show', 'snortt'], /snortt.*did you mean snort\?/],
    ['no experiment', ['reproduce'], /experiment/],
    ['too many arguments', ['list', 'all'], /all/],
    ['an unknown flag', ['reproduce', 'snort', '--sed', '1'], /--sed/],
    ['zero seeds', ['reproduce', 'snort', '--seeds', '0'], /--seeds .*1.*0/],
    ['a negative seed', ['reproduce', 'snort', '--seed=-1'], /--seed .*0.*-1/],
    ['half a job', ['reproduce', 'snort', '--jobs', '0.5'], /--jobs .*0\.5/],
    [
      'a negative duration',
      ['reproduce', 'snort', '--duration=-5s'],
      /--duration: got "-5s"; allowed: .*, more than 0$/m,
    ],
    [
      'a duration of nothing',
      ['reproduce', 'snort', '--duration', '0'],
      /--duration: got "0"; allowed: .*, more than 0$/m,
    ],
    [
      'a duration in another unit',
      ['reproduce', 'snort', '--duration', '5x'],
      /--duration: got "5x"; allowed: .*seconds, or a number with ns, us, ms, s, min or h$/m,
    ],
    ['a negative duration of a sweep', ['sweep', 'snort', '--duration=-5s'], /got "-5s"; allowed/],
    ['an unknown variant', ['reproduce', 'snort', '--variant', 'offlod'], /offlod.*offload\?/],
    ['a missing file', ['run', 'none.yaml'], /none\.yaml: no such file/],
    ['a trace without a file', ['trace', 'snort'], /out/],
    ['a trace of an unknown experiment', ['trace', 'snrot', '-o', 't'], /did you mean snort\?/],
    ['a trace of a missing file', ['trace', 'none.yaml', '-o', 't'], /none\.yaml: no such file/],
    [
      'an unknown variant to trace',
      ['trace', 'snort', '-o', 't', '--variant', 'offlod'],
      /offload\?/,
    ],
    ['a trace from nowhere', ['trace', 'snort', '-o', 't', '--from', 'x'], /--from.*"x".*allowed/],
    ['a trace before 0', ['trace', 'snort', '-o', 't', '--from=-1s'], /--from.*-1s.*allowed: 0s/],
    ['a trace after the end', ['trace', 'snort', '-o', 't', '--from', '60s'], /60s.*allowed.*60s/],
    ['a trace of nothing', ['trace', 'snort', '-o', 't', '--for', '0'], /--for: got 0s; allowed/],
    [
      'a trace beyond the end',
      ['trace', 'snort', '-o', 't', '--from', '59s', '--for', '2s'],
      /--for: got 2s; allowed: more than 0s, at most 1s from 59s to the run's end at 60s/,
    ],
    ['a trace into a folder', ['trace', 'snort', '-o', '.'], /--out: got "\."/],
    [
      'a trace into no folder',
      ['trace', 'snort', '-o', 'none/t'],
      /none\/t: cannot write.*allowed/,
    ],
    ['a missing file to show', ['show', 'none.yaml'], /none\.yaml: no such file/],
  ])('%s', (_, args, message) => expectRefusal(args, message));
});

test('a broken definition names file, line and field', () => {
  writeFileSync(join(folder, 'mine.yaml'), 'id: mine\ntitle: Mine\nduraton: 10s\n');
  expectRefusal(['run', 'mine.yaml'], /^offloadcage: mine\.yaml:3:1: duraton: .*duration\?$/m);
});

test('a folder that holds more than this run replaces is refused', () => {
  for (const name of ['datapackage.json', 'offloadcage.csv', 'offload.csv']) {
    writeFileSync(join(folder, name), '');
  }
  const args = ['reproduce', 'snort', '--variant', 'offloadcage', '--out', folder];
  expectRefusal(args, /offload\.csv of another run/);
});

test('with --json the error is an object on stdout, with the same exit code', () => {
  const { status, stdout, stderr } = offloadcage(['reproduce', 'snrot', '--json']);
  const { error } = JSON.parse(stdout);
  expect(Object.keys(error)).toEqual(['message', 'code']);
  expect(error.code).toBe(2);
  expect(stderr).toBe(`offloadcage: ${error.message}\n`);
  expect(status).toBe(2);
});

test('with --json a wrong flag is an object of the same form', () => {
  const { status, stdout } = offloadcage(['list', '--jsn', '--json']);
  expect(JSON.parse(stdout)).toEqual({ error: { message: expect.any(String), code: 2 } });
  expect(status).toBe(2);
});

test('DEBUG shows where an error comes from', () => {
  const { stderr } = offloadcage(['reproduce', 'snrot'], { env: { DEBUG: '1' } });
  expect(stderr).toMatch(/\n {4}at /);
});
