import { createRequire } from 'node:module';
import type { Command } from '@oclif/core/command';

// Required, as in `bin/run.js`, to load no file twice.
const require = createRequire(import.meta.url);
const { CommandHelp, Help }: typeof import('@oclif/core/help') = require('@oclif/core/help');

/** A blank at which a line does not end. */
const FIXED = '\u00a0';

type Flag = Command.Flag.Cached;

/** Help of a command whose usage names each flag once, on one line with its value. */
class FlagByFlag extends CommandHelp {
  protected override defaultUsage(): string {
    const { args = {}, flags = {}, strict } = this.command;
    const more = strict === false ? '...' : '';
    const words = Object.values(args).map(({ name, required }) => {
      const word = `${name.toUpperCase()}${more}`;
      return required ? word : `[${word}]`;
    });
    const shown = Object.values(flags).filter(({ hidden }) => !hidden);
    const required = shown.filter((flag) => flag.required).map(flagText);
    const optional = shown.filter((flag) => !flag.required).map((flag) => `[${flagText(flag)}]`);
    return ['<%= command.id %>', ...words, ...required, ...optional].join(' ');
  }

  protected override usage(): string {
    return super.usage().replaceAll(FIXED, ' ');
  }
}

function flagText(flag: Flag): string {
  const name = flag.char === undefined ? `--${flag.name}` : `-${flag.char}`;
  if (flag.type === 'boolean') return name;
  const value = flag.helpValue ?? flag.options?.join('|') ?? 'VALUE';
  return `${name}${FIXED}${value}${flag.multiple ? '...' : ''}`;
}

/** What `--help` and `help` print. */
export default class OffloadcageHelp extends Help {
  protected override CommandHelpClass = FlagByFlag;
}
