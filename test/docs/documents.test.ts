/** README and docs speak of commands, flags, scripts, files and headings that there are. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Config } from '@oclif/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { root } from '../commands/offloadcage.js';
import { examplesOf, isRun } from './console.js';
import {
  anchorsOf,
  DOCUMENTS,
  type Fence,
  fencesOf,
  linksOf,
  proseOf,
  readDocument,
} from './markdown.js';

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
/** Written by the tool, or by hand for maintainers: nothing to link to from elsewhere. */
const ALL = [...DOCUMENTS, 'CHANGELOG.md'];

let config: Config;

beforeAll(async () => {
  config = await Config.load(root);
});

/** Commands in console blocks, and those in the text. */
function commandsOf(text: string): string[] {
  const shown = fencesOf(text).filter(({ language }) => language === 'console');
  const named = [...proseOf(text).matchAll(/`(?:npx )?(offloadcage [^`]+)`/g)];
  return [
    ...shown.flatMap(examplesOf).map(({ command }) => command.replace(/^npx (?=offloadcage)/, '')),
    ...named.map(([, command = '']) => command.replaceAll(/\s+/g, ' ')),
  ];
}

/** What a command line has that there is not: the command itself, or flags. */
function unknownIn(line: string): string[] {
  const [, ...words] = line.split(/ [|>&] ?/)[0]?.split(' ') ?? [];
  const [first = '', second = ''] = words;
  const command = config.findCommand(`${first}:${second}`) ?? config.findCommand(first);
  if (command === undefined) return /^(-|COMMAND$)/.test(first) ? [] : [line];
  const flags = { ...command.flags, help: {}, h: {} };
  const chars = Object.values(command.flags).map(({ char }) => char);
  const used = words.flatMap((word) => /^--?([a-z][\w-]*)/.exec(word)?.[1] ?? []);
  return used.filter((flag) => !(flag in flags) && !chars.some((char) => char === flag));
}

describe.each(ALL)('%s', (path) => {
  const text = readDocument(path);

  test('links to files and headings that there are', () => {
    const dead = linksOf(text).filter((link) => {
      if (/^https:\/\//.test(link)) return false;
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? path : join(dirname(path), file);
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && !anchorsOf(readDocument(target)).includes(anchor);
    });
    expect(dead).toEqual([]);
  });

  test('shows commands and flags that there are', () => {
    const ours = commandsOf(text).filter((line) => line.startsWith('offloadcage '));
    const unknown = ours.flatMap((line) => unknownIn(line).map((what) => `${line}: ${what}`));
    expect(unknown).toEqual([]);
  });

  test('shows commands as console blocks, which are run', () => {
    const others = fencesOf(text).filter(({ language }) => language !== 'console');
    const isShell = ({ language, lines }: Fence) =>
      /^(sh|bash|shell)?$/.test(language) || lines.some((line) => line.startsWith('$ '));
    expect(others.filter(isShell)).toEqual([]);
  });

  test('names npm scripts that there are', () => {
    const named = [...text.matchAll(/npm (?:run ([\w-]+)|(test)\b)/g)];
    const names = named.map(([, script, test]) => script ?? test ?? '');
    expect(names.filter((name) => !(name in scripts))).toEqual([]);
  });
});

test('the README leads to every document', () => {
  const linked = linksOf(readDocument('README.md')).map((link) => link.split('#')[0]);
  const others = DOCUMENTS.filter((path) => path !== 'README.md');
  expect(others.filter((path) => !linked.includes(path))).toEqual([]);
});

test('every document with commands has a test that runs them', () => {
  const withCommands = DOCUMENTS.filter((path) => fencesOf(readDocument(path)).some(isRun));
  const tests = withCommands.map((path) => path.replace(/^docs\/|\.md$/g, '').toLowerCase());
  expect(tests.filter((name) => !existsSync(join(root, `test/docs/${name}.test.ts`)))).toEqual([]);
});
