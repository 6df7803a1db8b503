/** A flag as completion needs to know it. */
export interface KnownFlag {
  readonly name: string;
  readonly type: 'boolean' | 'option';
  readonly char?: string | undefined;
  readonly hidden?: boolean | undefined;
  readonly options?: readonly string[] | undefined;
}

export interface KnownCommand {
  /** Its words joined by colons. */
  readonly id: string;
  readonly flags: readonly KnownFlag[];
}

/** A command line up to the cursor, taken apart. */
export interface PartialLine {
  /** Words of commands that may come here. */
  readonly commandWords: readonly string[];
  readonly command: KnownCommand | undefined;
  /** Arguments before the word at the cursor; flags and their values are left out. */
  readonly args: readonly string[];
  /** The flag whose value the cursor is at. */
  readonly flag: KnownFlag | undefined;
  /** What the shell's word has before the value, `--vary=` for instance. */
  readonly before: string;
  /** The part of a word or value that is there already. */
  readonly typed: string;
}

/** Reads `offloadcage sweep snort --vary cage.c`: quoting and escapes are not looked at. */
export function readLine(line: string, commands: readonly KnownCommand[]): PartialLine {
  const words = line.trimStart().split(/\s+/).slice(1);
  const last = words.pop() ?? '';
  const command = commandOf(words, commands);
  const depth = command?.id.split(':').length ?? 0;
  const args: string[] = [];
  let open: KnownFlag | undefined;
  for (const word of words.slice(depth)) {
    const taken = open !== undefined;
    open = taken || word.includes('=') ? undefined : valueFlag(word, command);
    if (!taken && !word.startsWith('-')) args.push(word);
  }
  const [name = '', ...rest] = last.split('=');
  const joined = rest.length > 0 && open === undefined ? valueFlag(name, command) : undefined;
  return {
    commandWords: args.length === 0 ? nextWords(words.slice(0, depth), commands) : [],
    command,
    args,
    flag: open ?? joined,
    before: joined === undefined ? '' : `${name}=`,
    typed: joined === undefined ? last : rest.join('='),
  };
}

function commandOf(words: readonly string[], commands: readonly KnownCommand[]) {
  const fits = commands.filter(({ id }) => {
    const own = id.split(':');
    return own.every((word, i) => words[i] === word);
  });
  return fits.sort((a, b) => b.id.length - a.id.length)[0];
}

function nextWords(words: readonly string[], commands: readonly KnownCommand[]): string[] {
  const next = commands.flatMap(({ id }) => {
    const own = id.split(':');
    return words.every((word, i) => own[i] === word)
      ? own.slice(words.length, words.length + 1)
      : [];
  });
  return [...new Set(next)];
}

function valueFlag(word: string, command: KnownCommand | undefined): KnownFlag | undefined {
  return command?.flags.find(
    ({ name, char, type }) => type === 'option' && (word === `--${name}` || word === `-${char}`),
  );
}
