import { dirname } from 'node:path';
import { InputError } from '../../base/input-error.js';
import { isStream } from '../../output/folder/write-pieces.js';
import { alwaysQuoted, quoted } from './shell-word.js';

export type Engine = 'slurm' | 'parallel' | 'snakemake';

/** What a script runs. */
export interface ScriptedSweep {
  /** Words of `sweep` that say what to run: experiment, grid, seeds. */
  readonly grid: readonly string[];
  /** Words that say how the table looks; `sweep merge` has the same. */
  readonly table: readonly string[];
  readonly shards: number;
  readonly out: string;
}

/** What the system takes as one command line; Snakemake hands it over as one word. */
const MOST_BYTES: Readonly<Record<Engine, number>> = {
  slurm: 1_000_000,
  parallel: 1_000_000,
  snakemake: 120_000,
};

/** Stands for the number of a part; no word has it. */
const MARK = '\0';

/**
 * A script that runs a sweep in parts and joins them.
 * @throws InputError for what the engine cannot take
 */
export function clusterScript(engine: Engine, { grid, table, shards, out }: ScriptedSweep): string {
  if (isStream(out)) {
    throw new InputError(`--emit: got --out ${out}; allowed: a file, beside which the parts go`);
  }
  const whole = fileWord(out);
  const folder = `${dirname(whole)}/parts/`;
  checkWords(engine, [...grid, whole]);
  const part = (i: string) => `${quoted(folder)}${i}.part`;
  const run = (i: string) =>
    `offloadcage sweep ${grid.map(quoted).join(' ')} --jobs 1 --resume --quiet ` +
    `--shard ${i}/${shards} -o ${part(i)}`;
  const parts = Array.from({ length: shards }, (_, i) => part(String(i + 1)));
  const words = ['offloadcage sweep merge', ...parts, ...table.map(quoted), '-o', quoted(whole)];
  const merge = words.join(' ');
  if (Buffer.byteLength(merge) > MOST_BYTES[engine]) {
    const got = `${shards} parts, whose names take ${Buffer.byteLength(merge)} bytes`;
    throw new InputError(`--shards: got ${got}; allowed: at most ${MOST_BYTES[engine]} bytes`);
  }
  switch (engine) {
    case 'slurm':
      return [
        '#!/bin/sh',
        '# Run this script; it submits an array of jobs and one that joins the parts.',
        'set -eu',
        `job=$(sbatch --parsable --array=1-${shards} <<'END'`,
        '#!/bin/sh',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell's variable
        run('${SLURM_ARRAY_TASK_ID}'),
        'END',
        ')',
        `sbatch --parsable --dependency=afterok:"$job" <<'END'`,
        '#!/bin/sh',
        merge,
        'END',
      ].join('\n');
    case 'parallel':
      // What parallel itself reads has no name in it that it could take for one of its marks.
      return [
        '#!/bin/sh',
        'set -eu',
        `part=${alwaysQuoted(run('"$1"'))}`,
        'export part',
        `seq ${shards} | parallel 'sh -c "$part" part {}'`,
        merge,
      ].join('\n');
    case 'snakemake': {
      const pattern = JSON.stringify(`${folder}{i}.part`);
      return [
        'rule all:',
        `    input: expand(${pattern}, i=range(1, ${shards + 1}))`,
        `    output: ${JSON.stringify(whole)}`,
        `    shell: ${JSON.stringify(escapeBraces(merge))}`,
        '',
        'rule part:',
        `    output: ${pattern}`,
        `    shell: ${JSON.stringify(escapeBraces(run(MARK)).replaceAll(MARK, '{wildcards.i}'))}`,
      ].join('\n');
    }
  }
}

function checkWords(engine: Engine, words: readonly string[]): void {
  const [out = ''] = words.slice(-1);
  const broken = words.find((word) => /[\p{Cc}\u2028\u2029]/u.test(word));
  if (broken !== undefined) {
    const got = `${JSON.stringify(broken)}, a text with a control character`;
    throw new InputError(`--emit: got ${got}; allowed: text of one line`);
  }
  if (engine === 'snakemake' && /[{}]/.test(out)) {
    const got = `--out ${JSON.stringify(out)} for snakemake`;
    throw new InputError(`--emit: got ${got}; allowed: a path without braces, its wildcards`);
  }
}

/** A file's name as a word that no command takes for a flag. */
export function fileWord(path: string): string {
  return path.startsWith('-') ? `./${path}` : path;
}

function escapeBraces(text: string): string {
  return text.replaceAll('{', '{{').replaceAll('}', '}}');
}
