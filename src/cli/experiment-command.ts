import type { Definition } from '../experiments/definition.js';
import { parseDuration } from '../experiments/duration.js';
import { InputError } from '../experiments/input-error.js';
import type { ExperimentResult } from '../experiments/result.js';
import { BaseCommand } from './base-command.js';
import { interruptible } from './interruption.js';
import { defaultFolder, refuseMixing } from './output-folder.js';

/** Values of `experimentFlags`. */
export interface ExperimentFlags {
  readonly out?: string | undefined;
  readonly 'no-charts': boolean;
  readonly quiet: boolean;
  readonly seed: number;
  readonly seeds?: number | undefined;
  readonly duration?: string | undefined;
  readonly variant?: readonly string[] | undefined;
  readonly jobs?: number | undefined;
}

/** A command that runs a definition, prints the report and writes the result folder. */
export abstract class ExperimentCommand extends BaseCommand {
  /**
   * @param name of the default result folder
   * @returns the object that `--json` prints
   */
  protected async conduct(
    name: string,
    definition: Definition,
    flags: ExperimentFlags,
  ): Promise<unknown> {
    const { checkWritable, writeResults } = await import('../output/results-folder.js');
    const { toJson } = await import('../output/json.js');
    const folder = flags.out ?? defaultFolder(name, flags.variant ?? []);
    return interruptible(async (signal) => {
      await refuseMixing(folder, definition, flags.variant);
      await checkWritable(folder);
      const result = await this.simulate(definition, flags, signal);
      const files = await writeResults(result, folder);
      if (!flags.quiet) {
        await this.print(result, flags);
        this.logToStderr(`wrote ${files.length} files to ${folder}`);
      }
      return toJson(result, files);
    });
  }

  private async simulate(
    definition: Definition,
    flags: ExperimentFlags,
    signal: AbortSignal,
  ): Promise<ExperimentResult> {
    const { runExperiment, seedList } = await import('../experiments/runner.js');
    const { judge } = await import('../claims/judge.js');
    const { startProgress } = await import('../output/progress.js');
    const progress = startProgress(process.stderr, flags.quiet || this.jsonEnabled());
    try {
      const measured = await runExperiment(definition, {
        seeds: seedList(flags.seed, flags.seeds ?? definition.seedCount),
        durationNs: durationOf(flags.duration),
        variants: flags.variant,
        jobs: flags.jobs,
        onProgress: progress.update,
        signal,
      });
      signal.throwIfAborted();
      return { ...measured, claims: judge(measured) };
    } finally {
      progress.stop();
    }
  }

  private async print(result: ExperimentResult, flags: ExperimentFlags): Promise<void> {
    const { renderReport } = await import('../output/report.js');
    const { terminalOf } = await import('../output/terminal.js');
    const terminal = terminalOf(process.stdout);
    this.log(renderReport(result, { ...terminal, charts: !flags['no-charts'] }));
  }
}

function durationOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ns = parseDuration(text);
  if (ns === undefined) {
    throw new InputError(`--duration: got "${text}"; allowed: 10s, 500ms, or a number of seconds`);
  }
  return ns;
}
