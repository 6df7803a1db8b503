/** The manual page, which the build makes. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Config } from '@oclif/core';
import { expect, test } from 'vitest';
import { exitCodes } from '../../src/cli/exit-codes.js';
import { root } from '../commands/offloadcage.js';

const path = join(root, 'man/offloadcage.1');
const page = readFileSync(path, 'utf8');
const plain = page.replaceAll(/\\f[BIR]/g, '').replaceAll('\\-', '-');

test('has every command with all its flags, and every exit code', async () => {
  const { commands } = await Config.load(root);
  const sections = plain.split(/^\.SS /m);
  for (const { id, flags } of commands.filter(({ hidden }) => !hidden)) {
    const name = id.replaceAll(':', ' ');
    const own = sections.find((section) => section.startsWith(`"${name}"`)) ?? '';
    const missing = Object.keys(flags).filter((flag) => !own.includes(`--${flag}`));
    // Those that the plug-in for completion has are none of ours.
    if (!/^autocomplete$|^autocomplete:(create|script)$/.test(id)) {
      expect([name, own !== '', missing]).toEqual([name, true, []]);
    }
  }
  const [, codes = ''] = plain.split('.SH EXIT STATUS');
  for (const code of Object.values(exitCodes)) expect(codes).toMatch(new RegExp(`\\b${code}\\b`));
});

test('is roff without a fault', ({ skip }) => {
  const { error, stdout } = spawnSync('mandoc', ['-Tlint', '-Wwarning', path], {
    encoding: 'utf8',
  });
  if (error) return skip('mandoc is not installed');
  // It has no date, so that the same code gives the same page.
  expect(stdout.split('\n').filter((line) => line !== '' && !/missing date/.test(line))).toEqual(
    [],
  );
});
