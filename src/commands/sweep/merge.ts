import { dirname } from 'node:path';
import { Args } from '@oclif/core';
import { BaseCommand } from '../../cli/base-command.js';
import { commandLine, pathWord } from '../../cli/output/written-by.js';
import { namesIn, tableFlags } from '../../cli/sweep/sweep-flags.js';

/** `sweep merge`. Its JSON has the hash of the sweep and the files that it has written. */
export default class SweepMerge extends BaseCommand {
  static override summary = 'Join the parts of a sweep that ran with --shard.';
  static override description = `
Refuses parts of different sweeps, missing or unfinished parts, and runs that occur twice. The \
table is the same as if the sweep had run in one piece.`.trim();
  static override strict = false;
  static override args = {
    parts: Args.string({ required: true, description: 'The parts, in any order.' }),
  };
  static override flags = tableFlags;

  async run(): Promise<unknown> {
    const { argv, flags } = await this.parse(SweepMerge);
    const { InputError } = await import('../../base/input-error.js');
    const { outputErrorOf } = await import('../../output/folder/output-error.js');
    const { mergeParts } = await import('../../sweep/merge-parts.js');
    const { checkTable } = await import('../../cli/sweep/sweep-output-check.js');
    const { tableOf } = await import('../../cli/sweep/sweep-table.js');
    const { isStream } = await import('../../output/folder/write-pieces.js');
    const { writeTable } = await import('../../cli/sweep/sweep-output.js');
    if (!flags.out) throw new InputError('--out: got nothing; allowed: a file, or - for stdout');
    if (flags.out === '-' && this.jsonEnabled()) {
      throw new InputError('--out: got - with --json; allowed: a file, as both want stdout');
    }
    const merged = await mergeParts(argv.map(String)).catch((error: unknown) => {
      throw outputErrorOf(error, 'sweep merge', 'parts that can be read');
    });
    const { out, force } = flags;
    const table = tableOf({ ...flags, out }, merged.sweep);
    const { chosen } = await import('../../sweep/chosen.js');
    const { showCharts } = await import('../../cli/sweep/sweep-chart.js');
    const known = merged.sweep.metrics.map(({ name }) => name);
    const chart = flags.chart === undefined ? [] : chosen('--chart', namesIn(flags.chart), known);
    const sweep = chart.length === 0 ? merged.sweep : { ...merged.sweep, chart };
    const recorded = { sweep, written_by: mergeCommand(argv.map(String), out) };
    if (!isStream(out) && !force) checkTable(out, recorded, table);
    const { files, charts, means } = await writeTable(recorded, merged.rows, out, table);
    if (means && !flags.quiet && !this.jsonEnabled()) {
      const { showMeans } = await import('../../cli/sweep/sweep-means.js');
      showMeans(this, means, out);
    }
    const isSilent = flags.quiet || this.jsonEnabled() || flags['no-charts'];
    if (charts && !isSilent) showCharts(this, charts);
    return { sweep_hash: sweep.hash, file: out, files };
  }
}

/** The command line that the table records. */
function mergeCommand(parts: readonly string[], out: string): string {
  const words = parts.map((part) => pathWord(part, dirname(out)));
  return commandLine('sweep', 'merge', ...words.sort());
}
