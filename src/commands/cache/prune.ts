import { Flags } from '@oclif/core';
import { BaseCommand } from '../../cli/base-command.js';

/** `cache prune`. Its JSON has folder and limit, what was removed, and what is left. */
export default class CachePrune extends BaseCommand {
  static override summary = 'Remove old runs from the store until it is within its limit.';
  static override description = `
Removes what was not used for the longest time, until a tenth of the limit is free; nothing if the \
store is within it. Commands that run something do this by themselves.`.trim();

  static override examples = ['<%= config.bin %> <%= command.id %> --limit 100MB'];

  static override flags = {
    limit: Flags.string({
      helpValue: 'SIZE',
      summary: 'E.g. 500MB (default: OFFLOADCAGE_CACHE_LIMIT, or 1GB).',
    }),
  };

  async run(): Promise<unknown> {
    const { flags } = await this.parse(CachePrune);
    const { storePlace } = await import('../../cli/store/open-store.js');
    const { parseSize, sizeText } = await import('../../cli/store/sizes.js');
    const { prune } = await import('../../run/store/kept-runs.js');
    const place = storePlace(this.config.cacheDir);
    const { folder } = place;
    const limit = flags.limit === undefined ? place.limitBytes : parseSize('--limit', flags.limit);
    const { removed, left } = prune(folder, limit);
    this.log(`removed ${removed.runs} runs, ${sizeText(removed.bytes)}, from ${folder}`);
    this.log(`${left.runs} runs are left, ${sizeText(left.bytes)} of ${sizeText(limit)}`);
    return {
      folder,
      limit_bytes: limit,
      removed_runs: removed.runs,
      removed_bytes: removed.bytes,
      runs: left.runs,
      bytes: left.bytes,
    };
  }
}
