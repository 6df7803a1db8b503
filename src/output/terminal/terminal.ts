/** What a terminal can show. */
export interface Terminal {
  /** No line is wider. */
  readonly columns: number;
  readonly color: boolean;
  /** False: ASCII only. */
  readonly unicode: boolean;
}

/** The parts of a `tty.WriteStream` that tell what it can show. */
export interface OutputStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_COLUMNS = 80;

/** With fewer nothing is legible: what is printed is laid out for so many columns at least. */
export const MIN_COLUMNS = 40;

/** Decides what may be written to a stream, by the stream and the environment. */
export function terminalOf(stream: OutputStream, env: Environment = process.env): Terminal {
  const isTerminal = stream.isTTY === true;
  // Some pseudo-terminals say 0 when they do not know their width.
  const columns = (isTerminal && stream.columns) || DEFAULT_COLUMNS;
  return { columns, color: wantsColor(isTerminal, env), unicode: speaksUtf8(env) };
}

/** `NO_COLOR` is the user's veto and beats `FORCE_COLOR`; both by their published conventions. */
function wantsColor(isTerminal: boolean, env: Environment): boolean {
  if (env.NO_COLOR) return false;
  const { FORCE_COLOR: forced } = env;
  if (forced !== undefined && forced !== '') return forced !== '0' && forced !== 'false';
  return isTerminal && env.TERM !== 'dumb';
}

/**
 * By POSIX the first non-empty of LC_ALL, LC_CTYPE and LANG is the locale. None of them set is
 * usual on Windows and in containers, whose terminals and logs take UTF-8.
 */
function speaksUtf8(env: Environment): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  return locale ? /utf-?8/i.test(locale) : env.TERM !== 'linux';
}
