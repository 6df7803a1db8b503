/**
 * The scripts of `sweep --emit`, run by sh with stand-ins for the engines and for offloadcage that
 * write down how they are called: every word must come out as the user gave it. `test/engines` has
 * the real engines.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clusterScript, type Engine } from '../../src/cli/sweep-scripts.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'offloadcage-scripts-'));
  // Words end in NUL and calls in a word that no test gives.
  stand('offloadcage', 'for word in "$@" end-of-call; do printf "%s\\0" "$word" >> "$CALLS"; done');
  stand(
    'parallel',
    'command=$1; shift 2; for i; do sh -c "$(printf %s "$command" | sed "s/{}/$i/g")"; done',
  );
  stand(
    'sbatch',
    [
      'cat > "$CALLS.job"; echo 7',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's variable
      'case $2 in --array=1-*) for i in $(seq "${2#--array=1-}"); do',
      'SLURM_ARRAY_TASK_ID=$i sh "$CALLS.job"; done;;',
      '*) sh "$CALLS.job";; esac',
    ].join('\n'),
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function stand(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

/** How the script calls offloadcage, a list of words a call. */
function callsOf(script: string): string[][] {
  const calls = join(folder, 'calls');
  writeFileSync(calls, '');
  const env = { PATH: `${folder}:${process.env.PATH}`, CALLS: calls };
  const { status, stderr } = spawnSync('sh', ['-c', script], { env, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  const text = readFileSync(calls, 'utf8');
  return text
    .split('end-of-call\0')
    .slice(0, -1)
    .map((call) => call.split('\0').slice(0, -1));
}

/** What Snakemake makes of its file: a job a part, then the one that joins them. */
function fromSnakemake(script: string, shards: number): string {
  const [merge = '', part = ''] = [...script.matchAll(/shell: (".*")/g)].map(([, text = '']) =>
    JSON.parse(text),
  );
  const filled = (text: string, i: number) =>
    text.replace(
      /\{\{|\}\}|\{wildcards\.i\}/g,
      (found) => (found.length === 2 ? found[0] : `${i}`) ?? '',
    );
  const parts = Array.from({ length: shards }, (_, i) => filled(part, i + 1));
  return [...parts, filled(merge, 0)].join('\n');
}

function run(engine: Engine, argv: readonly string[], out: string): string[][] {
  const script = clusterScript(engine, argv, 3, out);
  return callsOf(engine === 'snakemake' ? fromSnakemake(script, 3) : script);
}

const engines = ['slurm', 'parallel', 'snakemake'] as const;

function expected(
  kept: readonly string[],
  table: readonly string[],
  folderOut: string,
  out: string,
) {
  const parts = [1, 2, 3].map((i) => `${folderOut}/parts/${i}.part`);
  return [
    ...parts.map((part, i) => [
      ...['sweep', ...kept, '--jobs', '1', '--resume', '--quiet'],
      ...['--shard', `${i + 1}/3`, '-o', part],
    ]),
    ['sweep', 'merge', ...parts, ...table, '-o', out],
  ];
}

const spellings = [
  ['-o', 'out/x.csv', '--format', 'long', '--emit', 'E', '--shards', '3', '--jobs', '9'],
  ['-oout/x.csv', '--format=long', '--emit=E', '--shards=3', '--jobs=9', '--quiet', '--json'],
  ['--out=out/x.csv', '--resume', '--shard=1/1', '--format', 'long', '--emit=E'],
];

test.each(engines)('%s: flags of the output are its own, however they are spelt', (engine) => {
  for (const own of spellings) {
    const kept = ['snort', '--vary=cage.cap=30:50:10', '--seeds', '2', '--set', 'debit=exact'];
    const argv = [kept[0] ?? '', ...own, ...kept.slice(1), '--aggregate'];
    const table = ['--format', 'long', '--aggregate'];
    expect(run(engine, argv, 'out/x.csv')).toEqual(expected(kept, table, 'out', 'out/x.csv'));
  }
});

test.each(engines)('%s: words reach offloadcage as they are, whatever is in them', (engine) => {
  const piece = fc.constantFrom(
    ...[
      'a',
      ' ',
      "'",
      '"',
      '$x',
      '$(id)',
      '`id`',
      '\\',
      '*',
      '?',
      '~',
      '#',
      '&',
      ';',
      '|',
      '(',
      ')',
    ],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's variable
    ...['!', '=', '{', '<', '>', 'é', '%s', '${HOME}'],
  );
  const word = fc.array(piece, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(''));
  const property = fc.property(word, word, (value, name) => {
    const kept = ['snort', '--set', `x=${value}`];
    const where = `out ${name}`;
    const argv = [...kept, '-o', `${where}/t.csv`];
    expect(run(engine, argv, `${where}/t.csv`)).toEqual(
      expected(kept, [], where, `${where}/t.csv`),
    );
  });
  fc.assert(property, { numRuns: 25 });
});
