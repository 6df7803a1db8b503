import { dirname } from 'node:path';
import { quoted } from './shell-word.js';

export type Engine = 'slurm' | 'parallel' | 'snakemake';

/** Flags of `sweep` that the script says itself, with a value or without. */
const WITH_VALUE = ['--emit', '--shards', '--out', '-o', '--shard', '--format', '--jobs'];
const WITHOUT = ['--aggregate', '--resume', '--json', '--quiet', '--force', '--no-charts'];

/**
 * A script that runs a sweep in parts and joins them.
 * @param argv the command line of `sweep`, from the experiment on
 */
export function clusterScript(
  engine: Engine,
  argv: readonly string[],
  shards: number,
  out: string,
): string {
  const format = flagValue(argv, '--format');
  const kept = withoutOwn(argv).map(quoted).join(' ');
  const folder = `${dirname(out)}/parts/`;
  const part = (i: string) => `${quoted(folder)}${i}.part`;
  const run = (i: string) =>
    `offloadcage sweep ${kept} --jobs 1 --resume --quiet --shard ${i}/${shards} -o ${part(i)}`;
  const parts = Array.from({ length: shards }, (_, i) => part(String(i + 1))).join(' ');
  const tableFlags = ['--aggregate', '--force', '--no-charts'].filter((flag) =>
    argv.includes(flag),
  );
  const table = [...(format === null ? [] : ['--format', quoted(format)]), ...tableFlags]
    .map((word) => ` ${word}`)
    .join('');
  const partPattern = JSON.stringify(`${escapeBraces(folder)}{i}.part`);
  const merge = `offloadcage sweep merge ${parts}${table} -o ${quoted(out)}`;
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
      return [
        '#!/bin/sh',
        'set -eu',
        `parallel ${quoted(run('{}'))} ::: $(seq ${shards})`,
        merge,
      ].join('\n');
    case 'snakemake':
      return [
        'rule all:',
        `    input: expand(${partPattern}, i=range(1, ${shards + 1}))`,
        `    output: ${JSON.stringify(escapeBraces(out))}`,
        `    shell: ${JSON.stringify(escapeBraces(merge))}`,
        '',
        'rule part:',
        `    output: ${partPattern}`,
        `    shell: ${JSON.stringify(escapeBraces(run('@I@')).replaceAll('@I@', '{wildcards.i}'))}`,
      ].join('\n');
  }
}

function escapeBraces(text: string): string {
  return text.replaceAll('{', '{{').replaceAll('}', '}}');
}

function flagValue(argv: readonly string[], flag: string): string | null {
  const joined = argv.find((text) => text.startsWith(`${flag}=`));
  if (joined !== undefined) return joined.slice(flag.length + 1);
  const at = argv.indexOf(flag);
  return at < 0 ? null : (argv[at + 1] ?? null);
}

function withoutOwn(argv: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at < argv.length; at++) {
    const text = argv[at] ?? '';
    const [name = ''] = text.split('=', 1);
    if (WITHOUT.includes(text)) continue;
    if (WITH_VALUE.includes(name)) {
      if (!text.includes('=')) at++;
      continue;
    }
    if (/^-o./.test(text)) continue;
    kept.push(text);
  }
  return kept;
}
