import { statSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { InputError } from '../base/input-error.js';
import { DefinitionFiles, NO_FILES } from '../files/definition-files.js';
import { isRereadable } from '../files/text-file.js';
import { reportError } from './errors.js';
import { interruptible } from './interruption.js';

/**
 * How often files are looked at. A definition has a few, and looking works with editors that put
 * another file in their place, and on all file systems.
 */
const LOOK_MS = 200;

/**
 * Runs a definition, and again whenever one of its files changes, until Ctrl-C. A change during a
 * run counts when it is over. The first run has to work; later, wrong input is told, and waits for
 * the next change.
 * @param file of the definition
 * @param say tells what is watched, and what has changed
 * @param round reads the definition by `files` and runs it
 * @throws what ends it: `Interrupted`, wrong input at first, and what is no matter of input
 */
export async function runAtChanges(
  file: string,
  say: (line: string) => void,
  round: (files: DefinitionFiles) => Promise<unknown>,
): Promise<never> {
  if (!isRereadable(file)) {
    const allowed = 'the path of a file that can be read again';
    throw new InputError(`--watch: got ${JSON.stringify(file)}; allowed: ${allowed}`);
  }
  for (let isFirst = true; ; isFirst = false) {
    const watched = new WatchedFiles();
    watched.add(file);
    try {
      await round(new DefinitionFiles(NO_FILES, (path) => watched.add(path)));
      process.exitCode = 0;
    } catch (error) {
      if (isFirst || !(error instanceof InputError)) throw error;
      reportError(error);
    }
    say(`watching ${watched.count === 1 ? file : `${watched.count} files`}; Ctrl-C ends`);
    const what = await interruptible((signal) => watched.change(signal), 'nothing was running');
    say(`${what} has changed`);
  }
}

/** Files, and how they were before they were read. */
class WatchedFiles {
  private readonly stamps = new Map<string, string>();

  get count(): number {
    return this.stamps.size;
  }

  add(path: string): void {
    if (!this.stamps.has(path)) this.stamps.set(path, stampOf(path));
  }

  /** Waits until a file is another, and none has changed since the last look; which one it is. */
  async change(signal: AbortSignal): Promise<string> {
    let before = '';
    for (;;) {
      const stamps = [...this.stamps].map(([path, read]) => ({ path, read, now: stampOf(path) }));
      const changed = stamps.find(({ read, now }) => now !== read);
      const seen = JSON.stringify(stamps);
      if (changed !== undefined && seen === before) return changed.path;
      before = seen;
      await setTimeout(LOOK_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
}

/** What another content of a file changes; the same for all that cannot be read. */
function stampOf(path: string): string {
  try {
    const { ino, size, mtimeNs } = statSync(path, { bigint: true });
    return `${ino} ${size} ${mtimeNs}`;
  } catch {
    return '';
  }
}
