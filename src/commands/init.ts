import { Args } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.js';

/** `init`. Its JSON names the files that it has written; a definition that is there it refuses. */
export default class Init extends BaseCommand {
  static override summary = 'Start an experiment of your own.';
  static override description = `
Writes NAME.yaml into the current folder: a small experiment that runs as it is, with comments on \
what to change. A JSON Schema beside it makes editors complete and check the file.`.trim();

  static override examples = ['<%= config.bin %> <%= command.id %> my-experiment'];

  static override args = {
    name: Args.string({
      required: true,
      description: 'Id of the experiment: lower-case letters, digits and -.',
    }),
  };

  async run(): Promise<{ files: string[] }> {
    const { args } = await this.parse(Init);
    const { starterFiles } = await import('../experiments/starter.js');
    const { writeAnew, writeNew } = await import('../cli/new-file.js');
    const { definition, schema } = starterFiles(args.name);
    await writeNew('.', definition.name, definition.content);
    await writeAnew('.', schema.name, schema.content);
    this.log(`wrote ${definition.name} and ${schema.name}`);
    this.log(`Next: ${this.config.bin} run ${definition.name}`);
    return { files: [definition.name, schema.name] };
  }
}
