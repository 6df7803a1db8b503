import { leftoversIn, readDescriptor } from '../../output/folder/descriptor.js';
import { checkWritable, type NewFile, replaceFiles } from '../../output/folder/replace-files.js';
import type { Terminal } from '../../output/terminal/terminal.js';
import { interruptible } from '../interruption.js';
import { checkFolder } from './replaceable.js';

/** Something that goes into the files of a folder, and how it is printed besides. */
export interface Made {
  readonly files: readonly NewFile[];
  readonly text: (terminal: Terminal) => string;
  /** @param paths of the files */
  readonly json: (paths: readonly string[]) => unknown;
}

/** What may be in the folder. */
interface Placing {
  /** Names of the files that are to be written. */
  readonly names: readonly string[];
  /** The command line that may replace them. */
  readonly writtenBy: string;
  /** Whether files of others may be replaced. */
  readonly force: boolean;
}

/**
 * Makes something and writes its files into a folder, all or none. That the folder can take them is
 * checked first, as making takes its time.
 * @returns what was made, and the paths of its files
 * @throws InputError or OutputError; `Interrupted` before anything is written
 */
export async function makeInto(
  folder: string,
  { names, writtenBy, force }: Placing,
  make: (signal: AbortSignal) => Promise<Made>,
): Promise<{ readonly made: Made; readonly paths: readonly string[] }> {
  return interruptible(async (signal) => {
    await checkWritable(folder);
    if (!force) checkFolder(folder, names, writtenBy, await readDescriptor(folder));
    const made = await make(signal);
    const { files } = made;
    await replaceFiles([{ folder, files, stale: await leftoversIn(folder, files) }]);
    return { made, paths: files.map(({ name }) => `${folder}/${name}`) };
  });
}
