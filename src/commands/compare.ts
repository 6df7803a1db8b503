import { Args, Flags } from '@oclif/core';
import { InputError } from '../base/input-error.js';
import { unknownName } from '../base/nearest.js';
import { BaseCommand } from '../cli/base-command.js';
import type { CompareSource } from '../cli/compare/compare-sources.js';
import { STOPPED_CODES } from '../cli/exit-codes.js';
import { runFlags } from '../cli/experiment/experiment-flags.js';
import { forceFlag } from '../cli/output/force-flag.js';

const METRICS = 'what `offloadcage metrics` lists for one of them';

/** `compare`. Its JSON has the variants, and for each metric means and differences by variant. */
export default class Compare extends BaseCommand {
  static override summary = 'Put variants side by side, with differences to the first.';
  static override description = `
Takes variants of one or several experiments, of definitions of your own, or of folders of \
results: NAME:VARIANT is one, NAME all of its variants. Prints their means, the differences to the \
first with 95% confidence intervals, and a chart of the first metric.

Variants that ran with the same seeds are compared seed by seed, so that what chance does to both \
falls out. Others are not paired, and the report says so.

Exit codes: 0 done; 1 the run failed; 2 wrong input; ${STOPPED_CODES}.`.trim();

  static override examples = [
    '<%= config.bin %> <%= command.id %> snort',
    '<%= config.bin %> <%= command.id %> snort:offload debiting:offload-exact',
    '<%= config.bin %> <%= command.id %> results/snort my.yaml --metrics throughput_rps',
  ];

  static override strict = false;

  static override args = {
    what: Args.string({
      description:
        'Experiments or figures (see `list`), YAML files, or folders of results; with :VARIANT ' +
        'one variant.',
    }),
  };

  static override flags = {
    metrics: Flags.string({
      helpValue: 'A,B',
      summary: "What to compare, in this order (default: what the experiments' tables show).",
      helpGroup: 'OUTPUT',
    }),
    out: Flags.string({
      char: 'o',
      helpValue: 'FILE',
      summary: 'Write a CSV file, too.',
      helpGroup: 'OUTPUT',
    }),
    force: { ...forceFlag, dependsOn: ['out'], helpGroup: 'OUTPUT' },
    'no-charts': Flags.boolean({ summary: 'No chart.', helpGroup: 'OUTPUT' }),
    quiet: Flags.boolean({
      summary: 'No progress; print the comparison only.',
      helpGroup: 'OUTPUT',
    }),
    ...runFlags,
  };

  async run(): Promise<unknown> {
    const { argv, flags } = await this.parse(Compare);
    const { compareSources, sidesOf } = await import('../cli/compare/compare-sources.js');
    const { refuseIdleFlags } = await import('../cli/report/report-sources.js');
    const { checkFile } = await import('../cli/output/replaceable.js');
    const { commandLine } = await import('../cli/output/written-by.js');
    const { fileEnding } = await import('../cli/output/file-ending.js');
    const { interruptible } = await import('../cli/interruption.js');
    const { simulate } = await import('../cli/experiment/simulation.js');
    const { measuredTime } = await import('../cli/duration-flag.js');
    const { compare } = await import('../measure/comparison.js');
    const { renderComparison } = await import('../output/compare/comparison-report.js');
    const { comparisonCsv, comparisonJson } = await import('../output/compare/comparison-file.js');
    const { writePieces } = await import('../output/folder/write-pieces.js');
    const { terminalOf } = await import('../output/terminal/terminal.js');
    const sources = compareSources(argv.map(String));
    const wanted = sources.flatMap(({ definition, variants }) =>
      definition === null ? [] : [{ definition, variants }],
    );
    const definitions = wanted.map(({ definition }) => definition);
    refuseIdleFlags({ shipped: definitions, own: [] }, flags);
    const names = namesIn(flags.metrics, sources);
    const { out } = flags;
    if (out !== undefined) {
      fileEnding(out, 'a comparison', ['.csv']);
      if (!flags.force) checkFile(out, commandLine('compare'));
    }
    if (!flags.quiet) for (const one of definitions) this.warnAbout(one, measuredTime(flags));
    const silent = flags.quiet || this.jsonEnabled();
    const results = await this.withStore(flags, (store) =>
      interruptible(async (signal) =>
        wanted.length === 0 ? [] : simulate(wanted, flags, silent, signal, { store }),
      ),
    );
    const sides = sidesOf(sources, results);
    const compared = compare(sides, names);
    const style = { ...terminalOf(process.stdout), chart: !flags['no-charts'] };
    this.log(renderComparison(compared, style));
    if (out !== undefined) {
      await writePieces(out, [comparisonCsv(compared)]);
      if (!flags.quiet) this.logToStderr(`wrote ${out}`);
    }
    return comparisonJson(compared);
  }
}

/**
 * The metrics that the flag lists; undefined without it.
 * @throws InputError for one that none of the sources has
 */
function namesIn(
  list: string | undefined,
  sources: readonly Pick<CompareSource, 'metrics'>[],
): string[] | undefined {
  if (list === undefined) return undefined;
  const known = sources.flatMap(({ metrics }) => metrics);
  const names = [...new Set(list.split(',').map((name) => name.trim()))];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return names;
  throw new InputError(unknownName('--metrics', unknown, known, METRICS));
}
