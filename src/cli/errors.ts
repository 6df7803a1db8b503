import { exitCodes } from './exit-codes.js';
import { parseErrorText } from './parse-errors.js';

/** An error as people and programs get it: one line, mostly, and an exit code. */
export interface ErrorReport {
  readonly message: string;
  /** All that is wrong, one line each, if it is more than one thing. */
  readonly messages?: readonly string[];
  readonly exitCode: number;
}

/** What follows is counted only. */
const MOST_MESSAGES = 10;

/** Errors say their exit code in `exitCode` (ours) or `oclif.exit` (the framework's). */
interface MaybeExpected {
  readonly exitCode?: unknown;
  readonly oclif?: { readonly exit?: unknown };
  readonly code?: unknown;
  readonly messages?: readonly string[];
}

/** Puts any thrown value into one line. What nobody expected is marked as a defect. */
export function describeError(error: unknown): ErrorReport {
  if (!(error instanceof Error)) return { message: String(error), exitCode: exitCodes.failed };
  const { exitCode, oclif, code, messages } = error as Error & MaybeExpected;
  const message = (oclif && parseErrorText(error)) ?? oneLine(error.message);
  const declared = exitCode ?? oclif?.exit;
  if (typeof declared === 'number') {
    const all = messages !== undefined && messages.length > 1 ? { messages } : {};
    return { message, ...all, exitCode: declared };
  }
  const fromSystem = typeof code === 'string' && /^E[A-Z]+$/.test(code);
  const text = fromSystem ? message : `internal error: ${message} (DEBUG=1 shows where)`;
  return { message: text, exitCode: exitCodes.failed };
}

/** An error as the object that `--json` prints. */
export function errorJson(error: unknown) {
  const { exitCode, ...said } = describeError(error);
  return { error: { ...said, code: exitCode } };
}

/** Prints the error on stderr, with its stack only under `DEBUG`, and sets the exit code. */
export function reportError(error: unknown): void {
  const { message, messages = [message], exitCode } = describeError(error);
  process.exitCode = exitCode;
  // `this.exit(n)` of oclif is no failure to talk about.
  if (error instanceof Error && (error as Error & MaybeExpected).code === 'EEXIT') return;
  const more = messages.length - MOST_MESSAGES;
  const lines = [...messages.slice(0, MOST_MESSAGES), ...(more > 0 ? [`and ${more} more`] : [])];
  for (const line of lines) process.stderr.write(`offloadcage: ${line}\n`);
  if (process.env.DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
}

/** The framework adds advice below a blank line, and where to find help. */
function oneLine(text: string): string {
  const [said = ''] = text.split('\n\n', 1);
  const hint = /See more help with --help\s*$/.test(text) ? ' (see --help)' : '';
  const plain = said.replace(/\s*See more help with --help\s*$/, '').replace(/\s*\n\s*/g, ' ');
  return plain.trim() + hint;
}
