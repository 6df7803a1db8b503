import { Args, Command } from '@oclif/core';

/** What bash and zsh ask on Tab; see `cli/completion`. */
export default class AutocompleteWords extends Command {
  static override summary = 'Print what the last word of a command line may become, a line each.';
  static override hidden = true;
  static override args = {
    line: Args.string({ required: true, description: 'The command line up to the cursor.' }),
  };

  async run(): Promise<void> {
    const { args } = await this.parse(AutocompleteWords);
    const { candidates } = await import('../../cli/completion/candidates.js');
    const commands = this.config.commands
      .filter(({ hidden }) => !hidden)
      .map(({ id, flags }) => ({ id, flags: Object.values(flags) }));
    for (const word of candidates(args.line, commands)) this.log(word);
  }

  /** A half-typed line is no error to talk about: there is nothing to offer. */
  protected override async catch(): Promise<void> {}
}
