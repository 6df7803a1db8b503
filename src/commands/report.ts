import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.js';
import { STOPPED_CODES } from '../cli/exit-codes.js';
import { runFlags } from '../cli/experiment-flags.js';

const ALL = 'all';

/** `report`. Its JSON has the file that it has written, and how many claims it judges. */
export default class Report extends BaseCommand {
  static override summary = 'Write a report as one HTML file.';
  static override description = `
Runs experiments and writes a single file with the claims, every figure, tables, and the costs \
with their origin. It needs no network, follows the reader's light or dark theme, and can be \
printed.

Exit codes: 0 done, whether or not the claims hold; 1 the run failed; 2 wrong input; \
${STOPPED_CODES}.`.trim();

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> snort tripwire -o idses.html',
    '<%= config.bin %> <%= command.id %> all --seeds 3 --duration 60s',
  ];

  static override strict = false;

  static override args = {
    experiments: Args.string({
      description: 'Names of experiments or figures (see `list`); the default, all, is the paper.',
    }),
  };

  static override flags = {
    out: Flags.string({
      char: 'o',
      helpValue: 'FILE',
      summary: 'The file to write; an older report there is replaced.',
      default: 'report.html',
      helpGroup: 'OUTPUT',
    }),
    quiet: Flags.boolean({ summary: 'Print errors only.', helpGroup: 'OUTPUT' }),
    ...runFlags,
  };

  async run(): Promise<{ file: string; claims: number }> {
    const { argv, flags } = await this.parse(Report);
    const names = argv.map(String);
    const { findExperiments, paperExperiments } = await import('../experiments/catalog.js');
    const { interruptible } = await import('../cli/interruption.js');
    const { checkReportFile, writeReport } = await import('../cli/report-file.js');
    const { reportOf } = await import('../cli/report-content.js');
    const { renderHtml } = await import('../output/html/report.js');
    const { simulate } = await import('../cli/simulation.js');
    const { CLAIMS } = await import('../claims/catalog.js');
    const { claimRuns } = await import('../cli/claim-runs.js');
    const definitions = names.every((name) => name === ALL)
      ? paperExperiments()
      : findExperiments(
          names.flatMap((name) => (name === ALL ? paperExperiments().map(({ id }) => id) : [name])),
          [ALL],
        );
    const besides = names.length === 0 || names.includes(ALL) ? claimRuns(CLAIMS, definitions) : [];
    const wanted = [...definitions.map((definition) => ({ definition })), ...besides];
    return interruptible(async (signal) => {
      await checkReportFile(flags.out);
      const silent = flags.quiet || this.jsonEnabled();
      const results = await simulate(wanted, flags, silent, signal);
      const content = reportOf(definitions, results, commandOf(names, flags));
      await writeReport(flags.out, renderHtml(content));
      if (!flags.quiet) this.logToStderr(`wrote ${flags.out}`);
      return { file: flags.out, claims: content.judged.claims.length };
    });
  }
}

/** What was asked for, to be asked again; file and jobs do not change what is in the report. */
function commandOf(
  names: readonly string[],
  {
    seed,
    seeds,
    duration,
  }: { seed: number; seeds?: number | undefined; duration?: string | undefined },
): string {
  return [
    'offloadcage report',
    ...names,
    ...(seed === 1 ? [] : [`--seed ${seed}`]),
    ...(seeds === undefined ? [] : [`--seeds ${seeds}`]),
    ...(duration === undefined ? [] : [`--duration ${duration}`]),
  ].join(' ');
}
