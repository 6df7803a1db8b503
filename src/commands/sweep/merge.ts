import { Args } from '@oclif/core';
import { BaseCommand } from '../../cli/base-command.js';
import { tableFlags } from '../../cli/sweep-flags.js';

export default class SweepMerge extends BaseCommand {
  static override summary = 'Join the parts of a sweep that ran with --shard.';
  static override description = `
Refuses parts of different sweeps, parts that are missing or unfinished, and runs that are there \
twice. The table is the same as that of the sweep in one piece.`.trim();
  static override strict = false;
  static override args = {
    parts: Args.string({ required: true, description: 'The parts, in any order.' }),
  };
  static override flags = tableFlags;

  async run(): Promise<unknown> {
    const { argv, flags } = await this.parse(SweepMerge);
    const { InputError } = await import('../../experiments/input-error.js');
    const { outputErrorOf } = await import('../../output/output-error.js');
    const { mergeParts } = await import('../../sweep/merge.js');
    const { checkTable, isStream } = await import('../../cli/sweep-output-check.js');
    const { writeTable } = await import('../../cli/sweep-output.js');
    if (!flags.out) throw new InputError('--out: got nothing; allowed: a file, or - for stdout');
    const merged = await mergeParts(argv.map(String)).catch((error: unknown) => {
      throw outputErrorOf(error, 'sweep merge', 'parts that can be read');
    });
    const { out, format, aggregate, force } = flags;
    const table = { format, aggregate };
    if (!isStream(out) && !force) checkTable(out, merged.sweep, table);
    await writeTable(merged.sweep, merged.rows, out, table);
    return { sweep_hash: merged.sweep.hash, file: flags.out };
  }
}
