import { Command, type Interfaces } from '@oclif/core';
import type { Definition } from '../definition/definition.js';
import type { RunStore } from '../run/store/run-store.js';
import { errorJson, reportError } from './errors.js';

/** More than that are counted, not said. */
const MOST_WARNINGS = 20;

/** What all commands share: `--json`, and errors as one line and an exit code. */
export abstract class BaseCommand extends Command {
  static override enableJsonFlag = true;

  /** What is missing on the command line is not looked for on the standard input. */
  protected override parse<
    F extends Interfaces.OutputFlags<Interfaces.FlagInput>,
    B extends Interfaces.OutputFlags<Interfaces.FlagInput>,
    A extends Interfaces.OutputArgs<Interfaces.ArgInput>,
  >(options?: Interfaces.Input<F, B, A>, argv?: string[]) {
    for (const arg of Object.values(options?.args ?? {})) arg.ignoreStdin = true;
    return super.parse<F, B, A>(options, argv);
  }

  /** With `--json` an error is an object on stdout, too; the exit code is the same. */
  protected override async catch(error: Error): Promise<void> {
    // Or oclif warns that the command did not parse its flags, when that is what has failed.
    this.parsed = true;
    reportError(error);
    if (!this.jsonEnabled()) return;
    try {
      this.logJson(this.toErrorJson(error));
    } catch {
      // It stands on stderr; that there is no room for it on stdout adds nothing.
    }
  }

  /** Says on stderr what a definition says to no effect if this much time is measured. */
  protected warnAbout({ warnings, durationNs }: Definition, measuredNs = durationNs): void {
    this.warnOf(warnings.flatMap(({ line, untilNs }) => (measuredNs < untilNs ? [line] : [])));
  }

  /** One line on stderr for each warning; of very many for the first. */
  protected warnOf(lines: readonly string[]): void {
    const left = lines.length - MOST_WARNINGS;
    const said = left > 0 ? [...lines.slice(0, MOST_WARNINGS), `and ${left} more`] : lines;
    for (const line of said) process.stderr.write(`${this.config.bin}: warning: ${line}\n`);
  }

  /** Does `work` with the store of runs, or none, and says what it was good for. */
  protected async withStore<T>(
    { quiet = false, ...flags }: { readonly 'no-cache': boolean; readonly quiet?: boolean },
    work: (store: RunStore | null) => Promise<T>,
  ): Promise<T> {
    if (flags['no-cache']) return work(null);
    const { openStore } = await import('./store/open-store.js');
    const store = openStore(this.config.cacheDir, (line) => quiet || this.warnOf([line]));
    if (store === null) return work(null);
    try {
      const result = await work(store);
      const { found, asked } = store;
      if (found > 0 && !quiet) this.logToStderr(`${found} of ${asked} runs from the store`);
      return result;
    } finally {
      store.close();
    }
  }

  protected override toErrorJson(error: unknown): unknown {
    return errorJson(error);
  }
}
