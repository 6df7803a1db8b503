/** The manual page: what `--help` says of every command, as roff, from the manifest. */

/** Text in roff: no line may begin as a request, and a backslash is one. */
const roff = (text) =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll(/^(?=[.'])/gm, '\\&');

const bold = (text) => `\\fB${roff(text)}\\fR`;
const italic = (text) => `\\fI${roff(text)}\\fR`;

/** Paragraphs, between which is an empty line; indented lines stay as they are. */
const paragraphs = (text) =>
  text.split(/\n{2,}/).flatMap((part) => {
    const lines = part.split('\n').map(roff);
    return /^ /m.test(part) ? ['.PP', '.nf', ...lines, '.fi'] : ['.PP', ...lines];
  });

/**
 * @param manifest of oclif
 * @param about what is on the whole page: `bin`, `version`, `description`
 * @returns the text of `offloadcage.1`
 */
export function manualPage({ commands }, { bin, version, description }) {
  const shown = Object.values(commands)
    .filter(({ hidden }) => !hidden)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const expanded = (text, { id }) =>
    text
      .replaceAll('<%= config.bin %>', bin)
      .replaceAll('<%= command.id %>', id.replaceAll(':', ' '));
  return [
    `.TH ${bin.toUpperCase()} 1 "" "${bin} ${version}" "User Commands"`,
    '.SH NAME',
    `${bin} \\- ${roff(description)}`,
    '.SH SYNOPSIS',
    `.B ${bin}`,
    '.I COMMAND',
    '[\\fIARGUMENTS\\fR] [\\fIFLAGS\\fR]',
    '.SH COMMANDS',
    ...shown.flatMap((command) => section(bin, command, (text) => expanded(text, command))),
    '.SH EXIT STATUS',
    ...[
      ['0', 'Done. A claim that fails does not change that, but for `verify`.'],
      ['1', 'The run itself failed.'],
      ['2', 'An argument, a flag or a definition is wrong. Nothing was run.'],
      ['3', '`verify` only: a claim fails.'],
      ['129, 130, 143', 'The terminal was closed, Ctrl-C, SIGTERM.'],
    ].flatMap(([code, meaning]) => ['.TP', bold(code), roff(meaning)]),
    '',
  ].join('\n');
}

function section(bin, { id, summary, description = '', args = {}, flags = {}, strict }, expand) {
  const words = Object.values(args).map(({ name, required }) => {
    const word = italic(`${name.toUpperCase()}${strict === false ? '...' : ''}`);
    return required ? word : `[${word}]`;
  });
  const own = Object.values(flags).filter(({ hidden }) => !hidden);
  return [
    `.SS "${roff(id.replaceAll(':', ' '))}"`,
    [bold(`${bin} ${id.replaceAll(':', ' ')}`), ...words].join(' '),
    ...paragraphs(expand(summary ?? description)),
    ...(summary === undefined || description === '' ? [] : paragraphs(expand(description))),
    ...Object.values(args).flatMap((arg) => [
      '.TP',
      italic(arg.name.toUpperCase()),
      roff(expand(arg.description ?? '')),
    ]),
    ...own.flatMap((flag) => ['.TP', flagHead(flag), roff(expand(flagText(flag)))]),
  ];
}

function flagHead({ name, char, type, helpValue, options }) {
  const names = [...(char === undefined ? [] : [`-${char}`]), `--${name}`].map(bold).join(', ');
  if (type === 'boolean') return names;
  return `${names} ${italic(helpValue ?? options?.join('|') ?? 'VALUE')}`;
}

function flagText({ summary, description = '', default: usual }) {
  const text = summary ?? description;
  return usual === undefined || usual === false ? text : `${text} Default: ${usual}.`;
}
