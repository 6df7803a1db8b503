import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Definition } from '../../definition/definition.js';
import type { ReportStyle } from '../../output/terminal/terminal-report.js';
import type { RunPool } from '../../run/run-pool.js';
import type { MeasuredExperiment } from '../../run/runner.js';
import { BaseCommand } from '../base-command.js';
import { measuredTime } from '../duration-flag.js';
import { interruptible } from '../interruption.js';
import type { ExperimentFlags } from './experiment-flags.js';
import type { NumbersOf, Wanted } from './simulation.js';
import { watchedIn } from './watched.js';

/** A command that runs definitions, prints the report and writes the result folders. */
export abstract class ExperimentCommand extends BaseCommand {
  private pool: RunPool | undefined;

  /** Does `work` while threads for its runs get ready. */
  protected async withThreads<T>(flags: ExperimentFlags, work: () => Promise<T>): Promise<T> {
    const { withRunPool } = await import('../../run/run-pool.js');
    return this.withStore(flags, (store) =>
      withRunPool(flags.jobs ?? availableParallelism(), store, (pool) => {
        this.pool = pool;
        return work();
      }),
    );
  }

  /**
   * Runs one definition.
   * @param name of the definition on the command line
   * @param folderName of the default result folder
   * @returns the object that `--json` prints
   */
  protected async conduct(
    name: string,
    folderName: string,
    definition: Definition,
    flags: ExperimentFlags,
  ): Promise<unknown> {
    const { checkWritable } = await import('../../output/folder/replace-files.js');
    const { checkResultFolder, defaultFolder } = await import('../output/output-folder.js');
    const { resultsCommand } = await import('../output/written-by.js');
    const { variant: chosen = [], set = [], force } = flags;
    const { extrasOf } = await import('./extras.js');
    const { kinds, ...extras } = await extrasOf(flags);
    const folder = flags.out ?? defaultFolder(folderName, chosen, set);
    const writtenBy = resultsCommand(name, definition.id, folder, { set, variant: chosen });
    if (!flags.quiet) this.warnAbout(definition, measuredTime(flags));
    return interruptible(async (signal) => {
      if (!force) await checkResultFolder(folder, definition, chosen, kinds, writtenBy);
      await checkWritable(folder);
      // What judges and shows the results is loaded while the workers run.
      const [[measured], { withOwnClaims }, { writeResults }, { renderReport }, { toJson }] =
        await Promise.all([
          this.simulate([{ definition, variants: flags.variant }], flags, signal, watchedIn(1)),
          import('../../claims/judge.js'),
          import('../../output/folder/results-folder.js'),
          import('../../output/terminal/terminal-report.js'),
          import('../../output/json/json.js'),
        ]);
      const result = withOwnClaims(measured as MeasuredExperiment);
      const files = await writeResults({ result, folder, writtenBy, ...extras });
      await this.report(flags, (style) => renderReport(result, style), files.length, folder);
      return toJson(result, files, set);
    });
  }

  /**
   * Runs several definitions, each into a folder of its own, and judges all claims together, by
   * those and by what claims need besides.
   * @returns the object that `--json` prints
   */
  protected async conductAll(
    definitions: readonly Definition[],
    flags: ExperimentFlags,
  ): Promise<unknown> {
    const { checkWritable } = await import('../../output/folder/replace-files.js');
    const { writeCollection } = await import('../../output/folder/results-folder.js');
    const { collectionToJson } = await import('../../output/json/json.js');
    const { renderCollection } = await import('../../output/terminal/terminal-report.js');
    const { judge, withOwnClaims } = await import('../../claims/judge.js');
    const { ALL_CLAIMS } = await import('../../claims/catalog.js');
    const { claimRuns } = await import('./claim-runs.js');
    const { checkCollectionFolder, checkResultFolder } = await import('../output/output-folder.js');
    const { commandLine, resultsCommand } = await import('../output/written-by.js');
    const parent = flags.out ?? 'results';
    const writtenBy = commandLine('reproduce', 'all');
    const { extrasOf } = await import('./extras.js');
    const { kinds, ...extras } = await extrasOf(flags);
    const placeOf = (id: string) => {
      const folder = join(parent, id);
      return { folder, writtenBy: resultsCommand(id, id, folder) };
    };
    return interruptible(async (signal) => {
      await checkWritable(parent);
      if (!flags.force) await checkCollectionFolder(parent, writtenBy);
      for (const definition of definitions) {
        const { folder, writtenBy: own } = placeOf(definition.id);
        if (!flags.force) await checkResultFolder(folder, definition, [], kinds, own);
        await checkWritable(folder);
      }
      const whole = definitions.map((definition) => ({ definition }));
      const wanted = [...whole, ...claimRuns(ALL_CLAIMS, definitions)];
      const watched = watchedIn(whole.length);
      const measured = await this.simulate(wanted, flags, signal, watched);
      const judged = judge(ALL_CLAIMS, measured);
      const placed = measured.slice(0, whole.length).map((one) => ({
        result: withOwnClaims(one),
        ...placeOf(one.id),
        ...extras,
      }));
      const files = await writeCollection(placed, judged, { parent, writtenBy });
      const results = placed.map(({ result }) => result);
      const count = files.byResult.flat().length + files.own.length;
      await this.report(flags, (style) => renderCollection(results, judged, style), count, parent);
      return collectionToJson(results, judged, files);
    });
  }

  private async simulate(
    wanted: readonly Wanted[],
    flags: ExperimentFlags,
    signal: AbortSignal,
    numbersOf: NumbersOf,
  ): Promise<MeasuredExperiment[]> {
    const { simulate } = await import('./simulation.js');
    const silent = flags.quiet || this.jsonEnabled();
    return simulate(wanted, flags, silent, signal, { pool: this.pool }, numbersOf);
  }

  private async report(
    flags: ExperimentFlags,
    render: (style: ReportStyle) => string,
    files: number,
    folder: string,
  ): Promise<void> {
    if (flags.quiet) return;
    const { terminalOf } = await import('../../output/terminal/terminal.js');
    const charts = flags['no-charts'] ? 'none' : flags.charts;
    this.log(render({ ...terminalOf(process.stdout), charts, verbose: flags.verbose }));
    this.logToStderr(`wrote ${files} files to ${folder}`);
  }
}
