/** Help and version: each way to ask for them, and how the text is set. */
import { Config } from '@oclif/core';
import { describe, expect, test } from 'vitest';
import { offloadcage, root } from './offloadcage.js';

const config = await Config.load(root);
const commands = config.commands
  .filter(({ hidden, pluginName }) => !hidden && pluginName === 'offloadcage')
  .map(({ id }) => id.split(':'));

const helpOf = async (...args: string[]) => {
  const { status, stdout, stderr } = await offloadcage(args);
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
};

test.each([[[]], ...commands.map((words) => [words])])(
  '%j: no line is set badly',
  async (words) => {
    const help = await helpOf(...words, '-h');
    expect(help).toMatch(/^\S.*\n\n(.*\n)*USAGE\n {2}\$ offloadcage/);
    const lines = help.split('\n');
    for (const line of lines) {
      expect(line.length, line).toBeLessThanOrEqual(80);
      expect(line, line).not.toMatch(/\s$| [\])]|[[(] /);
    }
    // Between a name and what is said of it there may be many blanks; nowhere else.
    const prose = lines.filter((line) => !/^ +(-|\S+( \S+)? {2,})|^ {6,}/.test(line));
    for (const line of prose) expect(line.trim(), line).not.toMatch(/\S {2,}\S/);
  },
);

test('-h is --help, before and after other words', async () => {
  const help = await helpOf('verify', '--help');
  for (const words of ['verify -h', 'verify S1 -h', '-h verify', 'help verify']) {
    expect(await helpOf(...words.split(' '))).toBe(help);
  }
});

test('usage names each flag once, those that are needed first', async () => {
  const [, usage = ''] = /USAGE\n((?: .*\n)+)/.exec(await helpOf('trace', '--help')) ?? [];
  const words = usage.replace(/\s+/g, ' ').trim();
  expect(words).toMatch(/^\$ offloadcage trace EXPERIMENT -o FILE \[--json\] /);
  const { flags } = config.findCommand('trace', { must: true });
  expect(words.match(/ \[?--?\w/g)).toHaveLength(Object.keys(flags).length);
});

test('a name that is no command has no help', async () => {
  const { status, stderr } = await offloadcage(['snort', '-h']);
  expect(status).toBe(2);
  expect(stderr).toBe(
    'offloadcage: command: got "snort"; allowed: one that `offloadcage --help` lists\n',
  );
});

describe('the version', () => {
  test.each(['-v', '--version', 'version'])('%s', async (word) => {
    expect(await helpOf(word)).toBe(`${config.userAgent}\n`);
  });

  test('as JSON', async () => {
    expect(JSON.parse(await helpOf('version', '--json'))).toEqual({
      version: config.version,
      node: process.versions.node,
      platform: `${process.platform}-${process.arch}`,
    });
  });
});
