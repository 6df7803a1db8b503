/** The README speaks of commands, flags and scripts that exist. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Config } from '@oclif/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { TABLE_FILES } from '../../src/output/csv/columns.js';
import { root } from './offloadcage.js';

const readme = readFileSync(join(root, 'README.md'), 'utf8');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const matches = (pattern: RegExp) => [...readme.matchAll(pattern)].map(([, name = '']) => name);

let config: Config;

beforeAll(async () => {
  config = await Config.load(root);
});

describe('the README', () => {
  test('names only commands that exist, and all of them', () => {
    const named = matches(/(?:`|npx )offloadcage (\w+)/g);
    // `autocomplete create` and the like are inner workings of `autocomplete`.
    const commands = config.commandIDs.filter((id) => !id.includes(':'));
    expect([...new Set(named)].sort()).toEqual(commands.sort());
  });

  test('documents all flags of running an experiment, and no others', () => {
    const documented = matches(/^\| `--([\w-]+)/gm).sort();
    for (const id of ['reproduce', 'run']) {
      const flags = Object.keys(config.findCommand(id, { must: true }).flags);
      expect(flags.sort()).toEqual(documented);
    }
  });

  test('says which commands take --json', () => {
    const without = config.commands
      .filter(({ id, hidden, flags }) => !id.includes(':') && !hidden && !('json' in flags))
      .map(({ id }) => id);
    expect(without.sort()).toEqual(['autocomplete', 'help']);
    expect(readme).toContain('Every command but `help` and `autocomplete` also takes `--json`');
  });

  test('names the files that every experiment has', () => {
    const named = matches(/^\| `(\w+\.csv)` \|/gm);
    expect(named.sort()).toEqual([...TABLE_FILES].sort());
  });

  test('names only npm scripts that exist', () => {
    const named = [...matches(/npm run ([\w-]+)/g), ...matches(/npm (test)\b/g)];
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
