import { BaseCommand } from '../../cli/base-command.js';

/** `cache clear`. Its JSON has folder, and what was removed. */
export default class CacheClear extends BaseCommand {
  static override summary = 'Remove all runs from the store.';
  static override description = `
Removes the runs of every version of the program, and nothing else that is in the folder.`.trim();

  async run(): Promise<unknown> {
    await this.parse(CacheClear);
    const { storePlace } = await import('../../cli/store/open-store.js');
    const { sizeText } = await import('../../cli/store/sizes.js');
    const { clear } = await import('../../run/store/kept-runs.js');
    const { folder } = storePlace(this.config.cacheDir);
    const { runs, bytes } = clear(folder);
    this.log(`removed ${runs} runs, ${sizeText(bytes)}, from ${folder}`);
    return { folder, removed_runs: runs, removed_bytes: bytes };
  }
}
