/** The shipped schemas of `--json`. That commands keep to them, each test of a command checks. */
import { Config } from '@oclif/core';
import { describe, expect, test } from 'vitest';
import { root } from '../commands/offloadcage.js';
import { COMMANDS, faultsOf, schemaFile, schemaOf } from './schemas.js';

test('every command that prints JSON has one', async () => {
  const { commands } = await Config.load(root);
  const printing = commands.filter(({ flags }) => 'json' in flags).map(({ id }) => id);
  expect(printing.sort()).toEqual(COMMANDS);
});

describe.each(COMMANDS)('%s', (command) => {
  // `npx vitest run test/json --update` writes them anew.
  test('its schema is current', async () => {
    const text = `${JSON.stringify(schemaOf(command), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(`${root}/${schemaFile(command)}`);
  });

  test('its schema takes errors and nothing besides', () => {
    const error = { message: 'x: got 1; allowed: 2', code: 2 };
    expect(faultsOf(command, { error })).toEqual([]);
    expect(faultsOf(command, { error: { ...error, code: '2' } })).not.toEqual([]);
    expect(faultsOf(command, { error, more: 1 })).not.toEqual([]);
    expect(faultsOf(command, {})).not.toEqual([]);
  });
});
