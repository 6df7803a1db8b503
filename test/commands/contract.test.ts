/** Commands, arguments and flags are a promise: `contract.json` shows every change of it. */
import { resolve } from 'node:path';
import { Config } from '@oclif/core';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

test('commands, arguments and flags are as promised', async () => {
  const config = await Config.load(root);
  const own = config.commands.filter((command) => command.pluginName === 'offloadcage');
  const contract = own
    .sort((a, b) => a.id.localeCompare(b.id))
    .map(({ id, args, flags }) => ({
      command: id,
      args: Object.values(args).map(({ name, required, options }) => ({ name, required, options })),
      flags: Object.values(flags)
        .map((flag) => ({
          name: flag.name,
          char: flag.char,
          type: flag.type,
          required: flag.required,
          ...(flag.type === 'option' && {
            multiple: flag.multiple,
            options: flag.options,
            default: flag.default,
          }),
        }))
        .sort((a, b) => a.name.localeCompare(b.name)),
    }));
  await expect(`${JSON.stringify(contract, null, 2)}\n`).toMatchFileSnapshot('contract.json');
});
