import { dirname } from 'node:path';
import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.js';
import { STOPPED_CODES } from '../cli/exit-codes.js';
import { type RunFlags, runFlags } from '../cli/experiment/experiment-flags.js';
import type { Wanted } from '../cli/experiment/simulation.js';
import { forceFlag } from '../cli/output/force-flag.js';
import { commandLine, sourceWord } from '../cli/output/written-by.js';
import { flagWords } from '../cli/sweep/sweep-words.js';
import type { RunStore } from '../run/store/run-store.js';

/** `report`. Its JSON has the file that it has written, and how many claims it judges. */
export default class Report extends BaseCommand {
  static override summary = 'Write a report as one HTML file.';
  static override description = `
Runs experiments, or definitions of your own, and writes a single file with the claims, every \
figure, tables, and the costs with their origin. A folder of results is shown as it is; nothing is \
run for it. The file needs no network, follows the reader's light or dark theme, and can be printed.

Exit codes: 0 done, whether or not the claims hold; 1 the run failed; 2 wrong input; \
${STOPPED_CODES}.`.trim();

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> snort tripwire -o idses.html',
    '<%= config.bin %> <%= command.id %> all --seeds 3 --duration 60s',
    '<%= config.bin %> <%= command.id %> my.yaml results/snort/',
  ];

  static override strict = false;

  static override args = {
    experiments: Args.string({
      description:
        'Experiments or figures (see `list`), YAML files, or folders of results. Default: all, ' +
        "the paper's experiments.",
    }),
  };

  static override flags = {
    out: Flags.string({
      char: 'o',
      helpValue: 'FILE',
      summary: 'The file to write.',
      default: 'report.html',
      helpGroup: 'OUTPUT',
    }),
    force: { ...forceFlag, helpGroup: 'OUTPUT' },
    quiet: Flags.boolean({ summary: 'Print errors only.', helpGroup: 'OUTPUT' }),
    readings: Flags.boolean({
      summary: 'Open with what the claims come to under several readings, see `verify`.',
      helpGroup: 'OUTPUT',
    }),
    ...runFlags,
  };

  async run(): Promise<{ file: string; claims: number }> {
    const { argv, flags } = await this.parse(Report);
    const names = argv.map(String);
    const { interruptible } = await import('../cli/interruption.js');
    const { checkReportFile } = await import('../cli/report/report-file.js');
    const { checkFile } = await import('../cli/output/replaceable.js');
    const { reportOf } = await import('../cli/report/report-content.js');
    const { askReadings, judgeReadings } = await import('../cli/readings.js');
    const { claimsToRead, refuseIdleFlags, reportSources } = await import(
      '../cli/report/report-sources.js'
    );
    const { renderHtml } = await import('../output/html/html-report.js');
    const { writePieces } = await import('../output/folder/write-pieces.js');
    const { simulate } = await import('../cli/experiment/simulation.js');
    const { ALL_CLAIMS } = await import('../claims/catalog.js');
    const { claimRuns } = await import('../cli/experiment/claim-runs.js');
    const sources = reportSources(names);
    refuseIdleFlags(sources, flags);
    const besides = sources.isAll ? claimRuns(ALL_CLAIMS, sources.shipped) : [];
    const asked = flags.readings ? askReadings(claimsToRead(sources)) : null;
    const [shipped, own] = [sources.shipped, sources.own].map((definitions) =>
      definitions.map((definition) => ({ definition })),
    ) as [Wanted[], Wanted[]];
    if (!flags.quiet) for (const definition of sources.own) this.warnAbout(definition);
    const writeReport = async (signal: AbortSignal, store: RunStore | null) => {
      await checkReportFile(flags.out);
      const words = names.map((name) => sourceWord(name, name, dirname(flags.out)));
      const writtenBy = commandOf(words, flags);
      if (!flags.force) checkFile(flags.out, writtenBy);
      const silent = flags.quiet || this.jsonEnabled();
      const wanted = [...shipped, ...own, ...besides, ...(asked?.wanted ?? [])];
      const results =
        wanted.length === 0 ? [] : await simulate(wanted, flags, silent, signal, { store });
      const runs = {
        shipped: results.splice(0, shipped.length),
        own: results.splice(0, own.length),
        besides: results.splice(0, besides.length),
        readings: asked === null ? null : judgeReadings(asked, results),
      };
      const content = reportOf(sources, runs, commandOf(names, flags));
      await writePieces(flags.out, [renderHtml(content, writtenBy)]);
      if (!flags.quiet) this.logToStderr(`wrote ${flags.out}`);
      const stored = sources.stored.flatMap(({ result }) => result.claims);
      return { file: flags.out, claims: content.judged.claims.length + stored.length };
    };
    return this.withStore(flags, (store) => interruptible((signal) => writeReport(signal, store)));
  }
}

/** What was asked for, to be asked again; file and jobs do not change what is in the report. */
function commandOf(
  names: readonly string[],
  { readings, seed, seeds, duration }: RunFlags & { readonly readings: boolean },
): string {
  return commandLine(
    'report',
    ...names,
    ...(readings ? ['--readings'] : []),
    ...flagWords('--seed', seed === 1 ? undefined : seed),
    ...flagWords('--seeds', seeds),
    ...flagWords('--duration', duration),
  );
}
