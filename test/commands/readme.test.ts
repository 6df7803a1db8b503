/** The README speaks of commands, flags and scripts that exist. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Config } from '@oclif/core';
import { beforeAll, describe, expect, test } from 'vitest';
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

  test('names only npm scripts that exist', () => {
    const named = [...matches(/npm run ([\w-]+)/g), ...matches(/npm (test)\b/g)];
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});
