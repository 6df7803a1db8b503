import { Args } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.js';
import { forceFlag } from '../cli/output/force-flag.js';

/** `init`. Its JSON names the files that it has written. */
export default class Init extends BaseCommand {
  static override summary = 'Start an experiment of your own.';
  static override description = `
Writes NAME.yaml into the current folder: a small experiment that runs as it is, with comments on \
what to change. A JSON Schema beside it makes editors complete and check the file. A definition \
that you have changed is kept.`.trim();

  static override examples = ['<%= config.bin %> <%= command.id %> my-experiment'];

  static override args = {
    name: Args.string({
      required: true,
      description: 'Id of the experiment: lower-case letters, digits and -.',
    }),
  };

  static override flags = { force: forceFlag };

  async run(): Promise<{ files: string[] }> {
    const { args, flags } = await this.parse(Init);
    const { start } = await import('../cli/start.js');
    const files = await start(args.name, flags.force);
    this.log(`wrote ${files.join(' and ')}`);
    this.log(`Next: ${this.config.bin} run ${files[0]}`);
    return { files };
  }
}
