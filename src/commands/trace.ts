import { dirname } from 'node:path';
import { Args, Flags } from '@oclif/core';
import { unitOf } from '../base/duration.js';
import { InputError } from '../base/input-error.js';
import { BaseCommand } from '../cli/base-command.js';
import { durationOf } from '../cli/duration-flag.js';
import { STOPPED_CODES } from '../cli/exit-codes.js';
import { interruptible } from '../cli/interruption.js';
import { forceFlag } from '../cli/output/force-flag.js';
import type { WrittenTrace } from '../output/trace/write-trace.js';
import type { TracedRun } from '../run/run-trace.js';

/** What `--json` prints. */
interface TraceSummary {
  readonly experiment: string;
  readonly variant: string;
  readonly seed: number;
  readonly from_s: number;
  readonly to_s: number;
  readonly events: number;
  readonly bytes: number;
  readonly file: string;
}

/** `trace`. Its JSON is a TraceSummary: times in seconds after the warm-up, sizes in bytes. */
export default class Trace extends BaseCommand {
  static override summary = 'Write the schedule of a run as a trace that Perfetto opens.';
  static override description = `
Simulates one run of an experiment and writes what happens in a part of it, to the nanosecond: \
which VCPU each PCPU runs; for each VCPU its runstate, tasks, softirqs, interrupts, credit, \
priority and effective cap; queues, RC.ids, ticks, accounting, parking, signals and drops. Open \
the file at https://ui.perfetto.dev or in chrome://tracing. A file whose name ends in .gz is \
compressed; Perfetto opens that, too.

Exit codes: 0 done; 1 the run failed; 2 wrong input; ${STOPPED_CODES}.`.trim();

  static override examples = [
    '<%= config.bin %> <%= command.id %> snort -o snort.json',
    '<%= config.bin %> <%= command.id %> snort --variant offload --from 10s --for 200ms -o t.json',
    '<%= config.bin %> <%= command.id %> my-experiment.yaml --from 0s --for 60s -o all.json.gz',
  ];

  static override args = {
    experiment: Args.string({
      required: true,
      description: 'Name of an experiment or figure, or a YAML file; - for stdin.',
    }),
  };

  static override flags = {
    out: Flags.string({
      char: 'o',
      required: true,
      helpValue: 'FILE',
      summary: 'File to write, compressed if it ends in .gz; - for stdout.',
    }),
    force: forceFlag,
    variant: Flags.string({
      helpValue: 'ID',
      summary: 'Variant to run (default: the first of the experiment).',
    }),
    from: Flags.string({
      helpValue: 'T',
      summary: 'Where the trace begins, counted from the end of the warm-up as in the CSV files.',
      default: '0s',
    }),
    for: Flags.string({
      helpValue: 'D',
      summary: 'How much to trace (default: 1s; a whole run is large).',
    }),
    seed: Flags.integer({
      helpValue: 'N',
      summary: 'Seed of the run. The figures of `reproduce` show that of seed 1.',
      default: 1,
      min: 0,
      max: 2 ** 31 - 1,
    }),
  };

  async run(): Promise<TraceSummary> {
    const { args, flags } = await this.parse(Trace);
    const { findDefinition } = await import('../files/experiment-catalog.js');
    const { tracedRun } = await import('../run/run-trace.js');
    if (flags.out === '-' && this.jsonEnabled()) {
      throw new InputError('--out: got "-" with --json; allowed: a file, as both want stdout');
    }
    const { fileEnding } = await import('../cli/output/file-ending.js');
    fileEnding(flags.out, 'a trace', ['.json', '.json.gz']);
    const definition = findDefinition(args.experiment);
    const run = tracedRun(definition, {
      variant: flags.variant,
      seed: flags.seed,
      fromNs: durationOf('--from', flags.from),
      forNs: flags.for === undefined ? undefined : durationOf('--for', flags.for),
      fromUnit: unitOf(flags.from),
      ...(flags.for !== undefined && { forUnit: unitOf(flags.for) }),
    });
    this.warnAbout(definition);
    const { experiment, variant, seed, fromNs, endNs } = run;
    const writtenBy = await this.commandOf(args.experiment, run, flags.out);
    if (!flags.force) {
      const { checkFile } = await import('../cli/output/replaceable.js');
      checkFile(flags.out, writtenBy);
    }
    const { fileBytes, textBytes, events } = await interruptible(
      (signal) => this.write(run, flags.out, writtenBy, signal),
      flags.out === '-' ? 'the trace on stdout is cut off' : undefined,
    );
    const bytes = fileBytes ?? textBytes;
    const times = { from_s: fromNs / 1e9, to_s: endNs / 1e9 };
    return { experiment, variant, seed, ...times, events, bytes, file: flags.out };
  }

  /** The command line that the trace records, with every choice. */
  private async commandOf(name: string, run: TracedRun, path: string): Promise<string> {
    const { flagWords } = await import('../cli/sweep/sweep-words.js');
    const { commandLine, sourceWord } = await import('../cli/output/written-by.js');
    const { formatDuration } = await import('../base/duration.js');
    return commandLine(
      'trace',
      sourceWord(name, run.experiment, dirname(path)),
      ...flagWords('--variant', run.variant),
      ...flagWords('--seed', run.seed),
      ...flagWords('--from', formatDuration(run.fromNs)),
      ...flagWords('--for', formatDuration(run.endNs - run.fromNs)),
    );
  }

  /** Simulates and writes, with progress and size on stderr. */
  private async write(
    run: TracedRun,
    path: string,
    writtenBy: string,
    signal: AbortSignal,
  ): Promise<WrittenTrace> {
    const { writeTrace } = await import('../output/trace/write-trace.js');
    const { traceProgress, traceSummary } = await import('../output/trace/trace-messages.js');
    const progress = traceProgress(process.stderr, this.jsonEnabled(), run);
    try {
      const written = await writeTrace(run, path, writtenBy, progress.update, signal);
      progress.stop();
      this.logToStderr(traceSummary(run, written, path));
      return written;
    } finally {
      progress.stop();
    }
  }
}
