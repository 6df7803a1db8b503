/**
 * The scripts of `sweep --emit`, run by sh with stand-ins for the engines and for offloadcage that
 * write down how they are called: every word must come out as the user gave it. `test/engines` has
 * the real engines.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clusterScript, type Engine, fileWord } from '../../src/cli/sweep/sweep-scripts.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'offloadcage-scripts-'));
  // Words end in NUL and calls in a word that no test gives.
  stand('offloadcage', 'for word in "$@" end-of-call; do printf "%s\\0" "$word" >> "$CALLS"; done');
  stand('parallel', 'while read -r i; do sh -c "$(printf %s "$1" | sed "s/{}/$i/g")"; done');
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

const engines = ['slurm', 'parallel', 'snakemake'] as const;

function run(engine: Engine, grid: readonly string[], table: readonly string[], out: string) {
  const script = clusterScript(engine, { grid, table, shards: 3, out });
  return callsOf(engine === 'snakemake' ? fromSnakemake(script, 3) : script);
}

/** The calls that a script must make, its words as they were given. */
function expected(grid: readonly string[], table: readonly string[], out: string) {
  const parts = [1, 2, 3].map((i) => `${dirname(out)}/parts/${i}.part`);
  return [
    ...parts.map((part, i) => [
      ...['sweep', ...grid, '--jobs', '1', '--resume', '--quiet'],
      ...['--shard', `${i + 1}/3`, '-o', part],
    ]),
    ['sweep', 'merge', ...parts, ...table, '-o', out],
  ];
}

const odd = fc.constantFrom(
  ...['a', ' ', "'", '"', '$x', '$(id)', '`id`', '\\', '*', '?', '~', '#', '&', ';', '|', '(', ')'],
  ...['!', '=', '{', '}', '<', '>', 'é', '%s', '$HOME', '{}', '{.}', '{#}', '{= 1 =}', '@I@', '-'],
);
const word = fc.array(odd, { minLength: 1, maxLength: 6 }).map((pieces) => pieces.join(''));

test.each(engines)('%s: words reach offloadcage as they are, whatever is in them', (engine) => {
  const property = fc.property(word, word, (value, name) => {
    const grid = ['snort', '--set', `x=${value}`];
    // Snakemake takes braces for wildcards.
    const out = `out ${engine === 'snakemake' ? name.replace(/[{}]/g, '') : name}/t.csv`;
    expect(run(engine, grid, ['--aggregate'], out)).toEqual(expected(grid, ['--aggregate'], out));
  });
  fc.assert(property, { numRuns: 25 });
});

test.each(engines)('%s: a name that begins with - is no flag', (engine) => {
  expect(run(engine, ['x'], [], '-x.csv')).toEqual(expected(['x'], [], './-x.csv'));
  expect(run(engine, ['x'], [], '-y/x.csv')).toEqual(expected(['x'], [], './-y/x.csv'));
  expect(fileWord('-x.yaml')).toBe('./-x.yaml');
});

test('what an engine cannot take is refused with the reason', () => {
  const script = (engine: Engine, out: string, shards = 3) => {
    const grid = ['snort'];
    return () => clusterScript(engine, { grid, table: [], shards, out });
  };
  expect(script('snakemake', 'a{b}.csv')).toThrow(/--out "a\{b\}\.csv" for snakemake.*braces/);
  for (const engine of engines) {
    expect(script(engine, 'a\nEND\nb.csv')).toThrow(/"a\\nEND\\nb\.csv", a text with a control/);
    expect(script(engine, '-')).toThrow(/--emit: got --out -; allowed: a file/);
    expect(script(engine, '/dev/null')).toThrow(/allowed: a file/);
    expect(script(engine, 'x.csv', 1000)).not.toThrow();
    expect(script(engine, `${'x'.repeat(90)}/x.csv`, 100_000)).toThrow(
      /^--shards: got 100000 parts, whose names take \d+ bytes; allowed: at most \d+ bytes$/,
    );
  }
});
