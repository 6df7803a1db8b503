import { BaseCommand } from '../../cli/base-command.js';

/** `cache info`. Its JSON has folder, limit, and what is in the store. */
export default class CacheInfo extends BaseCommand {
  static override summary = 'Show where the store of runs is, and what it holds.';
  static override description = `
Every run that a command does is kept in the store, and a run of the same input, seed and program \
is taken from there. A change of the program's model, another major version of Node or another \
processor makes all runs new. --no-cache does without it.

The store is in the platform's folder for caches, or where OFFLOADCAGE_CACHE says; \
OFFLOADCAGE_CACHE=off is as --no-cache everywhere. It takes 1GB at most, or what \
OFFLOADCAGE_CACHE_LIMIT says: what was not used for the longest time goes first.`.trim();

  static override examples = ['<%= config.bin %> <%= command.id %>'];

  async run(): Promise<unknown> {
    await this.parse(CacheInfo);
    const { storePlace } = await import('../../cli/store/open-store.js');
    const { sizeText } = await import('../../cli/store/sizes.js');
    const { usageOf } = await import('../../run/store/kept-runs.js');
    const { programName } = await import('../../run/program-hash.js');
    const { folder, limitBytes } = storePlace(this.config.cacheDir);
    const program = programName();
    const { all, own } = usageOf(folder, program);
    this.log(folder);
    this.log(`${all.runs} runs, ${sizeText(all.bytes)} of ${sizeText(limitBytes)}`);
    this.log(`${own.runs} of them by this program, ${program}`);
    return {
      folder,
      limit_bytes: limitBytes,
      ...all,
      program,
      runs_of_program: own.runs,
      bytes_of_program: own.bytes,
    };
  }
}
