/** The reference knows every command, flag, file and exit code, and no others. */
import { Config } from '@oclif/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { exitCodes } from '../../src/cli/exit-codes.js';
import { TABLE_FILES } from '../../src/output/csv/columns.js';
import { root } from '../commands/offloadcage.js';
import { expectHeld } from './held.js';
import { readDocument } from './markdown.js';

const reference = readDocument('docs/reference.md');
const matches = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, name = '']) => name);

/** A section with what is below it. */
function sectionOf(title: string): string {
  const [, section = ''] = reference.split(`\n## ${title}\n`);
  return section.split('\n## ')[0] ?? '';
}

let config: Config;

beforeAll(async () => {
  config = await Config.load(root);
});

const flagsOf = (id: string) => Object.keys(config.findCommand(id, { must: true }).flags).sort();
const flagsIn = (text: string) => [...new Set(matches(text, /`--([\w-]+)/g))].sort();

describe('docs/reference.md', () => {
  test('has all flags of running an experiment, and no others', () => {
    const table = sectionOf('reproduce and run').split('###')[0] ?? '';
    const onlyOfRun = [...table.matchAll(/^\| `--([\w-]+)` \| `run` only/gm)].map(
      ([, flag]) => flag,
    );
    expect(flagsIn(table)).toEqual(flagsOf('run'));
    const others = flagsIn(table).filter((flag) => !onlyOfRun.includes(flag));
    expect(others).toEqual(flagsOf('reproduce'));
  });

  test.each(['verify', 'compare', 'sweep', 'trace', 'calibrate'])('has all flags of %s', (id) => {
    expect(flagsIn(sectionOf(id))).toEqual(flagsOf(id));
  });

  test.each(['report', 'init', 'autocomplete'])('has all flags of %s', (id) => {
    const [, rest = ''] = sectionOf('The other commands').split(`- \`${id}`);
    const [text = ''] = rest.split('\n- `');
    expect([...flagsIn(text), 'json'].sort()).toEqual(expect.arrayContaining(flagsOf(id)));
    expect(flagsOf(id)).toEqual(expect.arrayContaining(flagsIn(text)));
  });

  test('has all flags of cache', () => {
    const ids = config.commandIDs.filter((id) => id.startsWith('cache:'));
    const text = sectionOf('The store of runs');
    for (const id of ids) expect(text).toContain(`\`${id.replace(':', ' ')}\``);
    const known = ids.flatMap(flagsOf).filter((flag) => flag !== 'json');
    expect(flagsIn(text).filter((flag) => flag !== 'no-cache' && flag !== 'dry-run')).toEqual(
      known,
    );
  });

  test('says which commands take --json', () => {
    const without = config.commands
      .filter(({ id, hidden, flags }) => !id.includes(':') && !hidden && !('json' in flags))
      .map(({ id }) => id);
    expect(without.sort()).toEqual(['autocomplete', 'help']);
    expect(reference).toContain('Every command but `help` and `autocomplete` also takes `--json`');
  });

  test('has the files that every experiment has', () => {
    expect(matches(sectionOf('Files'), /^\| `(\w+\.csv)` \|/gm).sort()).toEqual(
      [...TABLE_FILES].sort(),
    );
  });

  test('has every exit code', () => {
    const rows = matches(sectionOf('What all commands share'), /^\| ([\d, ]+) \|/gm);
    const codes = rows.flatMap((row) => row.split(', ')).map(Number);
    expect(codes).toEqual(Object.values(exitCodes));
  });

  test('says what commands print', () => expectHeld('docs/reference.md'));
});
