import { dirname } from 'node:path';
import { Args, Flags } from '@oclif/core';
import { allOf } from '../../base/all-of.js';
import { BaseCommand } from '../../cli/base-command.js';
import { measuredTime } from '../../cli/duration-flag.js';
import { STOPPED_CODES } from '../../cli/exit-codes.js';
import { MAX_FIRST_SEED } from '../../cli/experiment/experiment-flags.js';
import { commandLine, sourceWord } from '../../cli/output/written-by.js';
import { noCacheFlag } from '../../cli/store/no-cache-flag.js';
import { namesIn, shardOf, tableFlags } from '../../cli/sweep/sweep-flags.js';
import type { Engine } from '../../cli/sweep/sweep-scripts.js';
import { flagWords, gridWords } from '../../cli/sweep/sweep-words.js';
import type { SweepPlan } from '../../sweep/plan.js';

/** Parts of --emit, if nothing is said. */
const SHARDS = 4;

/** `sweep`. Its JSON has hash, number of runs and files; with --dry-run the plan in seconds. */
export default class Sweep extends BaseCommand {
  static override summary = 'Run an experiment over a grid of parameters, into one table.';
  static override description = `
Every combination of the --vary values is a point; --zip values advance together. Values are a \
list 1,2,4, a range 30:80:10, or log:10ms:1s:7. A path names a field of the definition; its end is \
enough if that is unique, so cage.cap is cages.cage.cap. \`sweep paths\` lists them.

It takes an experiment, or a sweep: a YAML file with the key "experiment" and with duration, \
seeds, variants, set, vary, zip, metrics and chart. A definition may have the same keys in a block \
"sweep:". \`list\` names the shipped sweeps. Flags override the file: --duration, --seeds, \
--variant and --metrics as a whole, --set, --vary and --zip path by path.

Finished runs are kept in the store (see \`cache\`): after a crash, the same command goes on and \
gives the same bytes, and a sweep with one more value runs what is new. --shard runs a part, and \
\`sweep merge\` joins the parts. --emit prints a script that runs --shards parts on a cluster.

Exit codes: 0 done; 1 a run failed; 2 wrong input; ${STOPPED_CODES}.`.trim();

  static override examples = [
    '<%= config.bin %> <%= command.id %> snort-cap',
    '<%= config.bin %> <%= command.id %> snort --vary cage.cap=30:80:10 --seeds 10 -o cap.csv',
    '<%= config.bin %> <%= command.id %> snort --vary httperf.rate=500,1000,2000 --dry-run',
    '<%= config.bin %> <%= command.id %> snort --vary rate=500:6000:500 --emit slurm --shards 8',
  ];

  static override args = {
    experiment: Args.string({
      required: true,
      description: 'A shipped sweep or experiment, or a YAML file of either kind; - for stdin.',
    }),
  };

  static override flags = {
    set: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'PATH=VALUE',
      summary: 'A value at every point.',
    }),
    vary: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'PATH=VALUES',
      summary: 'An axis of the grid.',
    }),
    zip: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'PATH=VALUES',
      summary: 'All of these together are one axis.',
    }),
    seed: Flags.integer({
      helpValue: 'N',
      summary: 'First seed.',
      default: 1,
      min: 0,
      max: MAX_FIRST_SEED,
    }),
    seeds: Flags.integer({
      helpValue: 'N',
      summary: "Seeds per point (default: the sweep's, or the experiment's).",
      min: 1,
      max: 10_000,
    }),
    duration: Flags.string({ helpValue: 'D', summary: 'Measured time, e.g. 10s.' }),
    variant: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'ID',
      summary: 'Run this variant only; may be repeated.',
    }),
    metrics: Flags.string({ helpValue: 'A,B', summary: 'Columns; see `metrics` (default: all).' }),
    jobs: Flags.integer({ helpValue: 'N', summary: 'Runs at the same time.', min: 1, max: 1024 }),
    'no-cache': noCacheFlag,
    'dry-run': Flags.boolean({ summary: 'Check everything, time some runs and print the plan.' }),
    resume: Flags.boolean({
      summary: 'Go on, as happens anyway, and leave alone what is finished.',
      exclusive: ['force', 'no-cache'],
    }),
    shard: Flags.string({ helpValue: 'I/N', summary: 'Run the I-th of N parts.', default: '1/1' }),
    emit: Flags.option({
      options: allOf<Engine>({ slurm: true, parallel: true, snakemake: true }),
    })({
      summary: 'Print a script for this engine instead of running.',
      exclusive: ['dry-run', 'shard', 'resume'],
    }),
    shards: Flags.integer({
      helpValue: 'N',
      summary: `Parts of --emit (default: ${SHARDS}).`,
      min: 2,
      max: 100_000,
      dependsOn: ['emit'],
    }),
    ...tableFlags,
    out: Flags.string({
      char: 'o',
      helpValue: 'FILE',
      summary: 'Output (default: results/sweeps/<id>/<id>.csv); - for stdout.',
      description: 'A part of --shard ends in .part; see --format for other endings.',
    }),
  };

  async run(): Promise<unknown> {
    const { args, flags } = await this.parse(Sweep);
    const { availableParallelism } = await import('node:os');
    const { planSweep } = await import('../../sweep/plan.js');
    const { runCount } = await import('../../sweep/sweep.js');
    const { findSweep } = await import('../../sweep/sweep-file.js');
    const { sweepRequest } = await import('../../sweep/request.js');
    const { InputError } = await import('../../base/input-error.js');
    const { isFileArgument, isRereadable } = await import('../../files/text-file.js');
    const shard = shardOf(flags.shard);
    const measuredNs = measuredTime(flags);
    const source = findSweep(args.experiment);
    if (!flags.quiet) this.warnAbout(source.definition, measuredNs);
    const request = sweepRequest(source, {
      set: flags.set ?? [],
      vary: flags.vary ?? [],
      zip: flags.zip ?? [],
      duration: flags.duration,
      seed: flags.seed,
      seeds: flags.seeds,
      variants: flags.variant ?? [],
      metrics: namesIn(flags.metrics),
      chart: namesIn(flags.chart),
    });
    const plan = planSweep(request);
    if (!flags.quiet) this.warnOf(plan.warnings);
    const jobs = flags.jobs ?? availableParallelism();
    if (shard.of > 1 && flags.aggregate) {
      const allowed = 'one of them; `sweep merge` aggregates the parts';
      throw new InputError(`--shard: got --aggregate, too; allowed: ${allowed}`);
    }
    if (flags.out === '-' && flags.chart !== undefined) {
      throw new InputError('--chart: got it with --out -; allowed: with a file, for the picture');
    }
    if (flags.out === '' || (flags.out === undefined && shard.of > 1)) {
      throw new InputError('--out: got nothing; allowed: a file, or - for stdout');
    }
    const { defaultOutput, tableOf } = await import('../../cli/sweep/sweep-table.js');
    const out = flags.out ?? defaultOutput(source.id, flags.format);
    const table = tableOf({ ...flags, out }, plan.sweep, shard.of > 1);
    const { checkMayReplace, checkSweepOutput, runSweep } = await import(
      '../../cli/sweep/sweep-output.js'
    );
    const { resume, force } = flags;
    const writtenBy = commandLine(
      'sweep',
      sourceWord(args.experiment, source.id, dirname(out)),
      ...gridWords(flags),
    );
    const place = { out, table, shard, writtenBy, resume, force };
    if (flags.emit !== undefined) {
      if (isFileArgument(args.experiment) && !isRereadable(args.experiment)) {
        const allowed = 'a file with --emit, as every part reads it';
        throw new InputError(`experiment: got "${args.experiment}"; allowed: ${allowed}`);
      }
      const { clusterScript, fileWord } = await import('../../cli/sweep/sweep-scripts.js');
      const { shards = SHARDS } = flags;
      await checkMayReplace(plan, place);
      const script = clusterScript(flags.emit, {
        grid: [
          fileWord(args.experiment),
          ...gridWords(flags),
          ...flagWords('--chart', flags.chart),
        ],
        table: [
          ...flagWords('--format', flags.format === 'wide' ? undefined : flags.format),
          ...(flags.aggregate ? ['--aggregate'] : []),
          ...(force ? ['--force'] : []),
          ...(flags['no-charts'] ? ['--no-charts'] : []),
        ],
        shards,
        out,
      });
      this.log(script);
      return { engine: flags.emit, shards, script };
    }
    if (out === '-' && (this.jsonEnabled() || resume || shard.of > 1)) {
      throw new InputError('--out: got - with --json, --resume or --shard; allowed: a file');
    }
    if (flags['dry-run']) {
      await checkSweepOutput(plan, place);
      return this.showPlan(plan, jobs);
    }
    const { interruptible } = await import('../../cli/interruption.js');
    const { sweepProgress } = await import('../../cli/sweep/sweep-progress.js');
    const written = await this.withStore(flags, async (store) => {
      const isSilent = flags.quiet || this.jsonEnabled();
      const progress = sweepProgress(isSilent, () => store?.found ?? 0);
      const options = { ...place, jobs, store, onProgress: progress.update };
      try {
        return await interruptible((signal) => runSweep(plan, options, signal));
      } finally {
        progress.stop();
      }
    });
    if (!flags.quiet && out !== '-') {
      if (written?.means && !this.jsonEnabled()) {
        const { showMeans } = await import('../../cli/sweep/sweep-means.js');
        showMeans(this, written.means, out);
      }
      if (written?.charts && !this.jsonEnabled() && !flags['no-charts']) {
        const { showCharts } = await import('../../cli/sweep/sweep-chart.js');
        showCharts(this, written.charts);
      }
      const files = written?.files.join(', ');
      this.logToStderr(files === undefined ? `${out} is finished already` : `wrote ${files}`);
    }
    const files = written?.files ?? [out];
    return { sweep_hash: plan.sweep.hash, runs: runCount(plan.sweep), file: out, files };
  }

  private async showPlan(plan: SweepPlan, jobs: number): Promise<unknown> {
    const { timeSample } = await import('../../sweep/execute.js');
    const { pointCount, runCount } = await import('../../sweep/sweep.js');
    const { axes, variants, seeds, metrics, hash } = plan.sweep;
    const [points, runs] = [pointCount(plan.sweep), runCount(plan.sweep)];
    const sampleS = await timeSample(plan);
    const estimateS = (sampleS * runs) / Math.min(jobs, runs);
    for (const { column, values } of axes.flat()) this.log(`${column}: ${listText(values)}`);
    this.log(`${points} points x ${variants.length} variants x ${seeds.length} seeds`);
    this.log(`${runs} runs, ${metrics.length} metrics, sweep ${hash}`);
    this.log(
      `about ${estimateS.toFixed(1)} s with ${jobs} jobs; a run takes ${sampleS.toFixed(2)} s`,
    );
    return { points, runs, sweep_hash: hash, sample_s: sampleS, estimate_s: estimateS };
  }
}

const MOST_VALUES = 12;

/** All of them, or of many the first and the last. */
function listText(values: readonly unknown[]): string {
  if (values.length <= MOST_VALUES) return values.join(', ');
  return `${values.slice(0, 3).join(', ')} ... ${values.at(-1)} (${values.length} values)`;
}
