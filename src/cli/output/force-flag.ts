import { Flags } from '@oclif/core';

/** The flag `--force` of every command that writes files. */
export const forceFlag = Flags.boolean({
  summary: 'Replace files that another command line, or somebody else, wrote.',
});
