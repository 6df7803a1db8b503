import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.js';
import { forceFlag } from '../cli/output/force-flag.js';

const AND = new Intl.ListFormat('en-GB');

/** `init`. Its JSON names the files that it has written. */
export default class Init extends BaseCommand {
  static override summary = 'Start an experiment of your own.';
  static override description = `
Writes NAME.yaml into the current folder: a small experiment that runs as it is, with comments on \
what to change. A JSON Schema beside it makes editors complete and check the file. A definition \
that you have changed is kept.

--from begins with a copy of a shipped experiment instead. --machine adds NAME-machine.yaml, a \
copy of the machine that the definition then runs on: for costs of your own.`.trim();

  static override examples = [
    '<%= config.bin %> <%= command.id %> my-experiment',
    '<%= config.bin %> <%= command.id %> my-snort --from snort --machine',
  ];

  static override args = {
    name: Args.string({
      required: true,
      description: 'Id of the experiment: lower-case letters, digits and -.',
    }),
  };

  static override flags = {
    from: Flags.string({ helpValue: 'ID', summary: 'Copy this experiment; see `list`.' }),
    machine: Flags.boolean({ summary: 'Copy the machine, too.' }),
    force: forceFlag,
  };

  async run(): Promise<{ files: string[] }> {
    const { args, flags } = await this.parse(Init);
    const { start } = await import('../cli/start.js');
    const files = await start(args.name, flags);
    this.log(`wrote ${AND.format(files)}`);
    this.log(`Next: ${this.config.bin} run ${files[0]}`);
    return { files };
  }
}
