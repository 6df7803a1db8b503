/** A word of a shell's command line. */
export function quoted(text: string): string {
  return /^[\w./:=,@%+-]+$/.test(text) ? text : alwaysQuoted(text);
}

/** The same in quotes, even where it needs none. */
export function alwaysQuoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
