import { Flags } from '@oclif/core';

/** Of every command that runs something. */
export const noCacheFlag = Flags.boolean({
  summary: 'Run everything anew, and keep nothing in the store of runs (see `cache`).',
});
