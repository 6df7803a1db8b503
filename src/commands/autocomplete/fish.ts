import { Command } from '@oclif/core';

/** `autocomplete fish`: the other shells' set-up is the plugin's, which does not know fish. */
export default class AutocompleteFish extends Command {
  static override summary = 'Print the completion script for fish.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> > ~/.config/fish/completions/<%= config.bin %>.fish',
  ];

  async run(): Promise<void> {
    await this.parse(AutocompleteFish);
    const { fishCompletion } = await import('../../cli/completion/shell-scripts.js');
    process.stdout.write(fishCompletion(this.config.bin));
  }
}
