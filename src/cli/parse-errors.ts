import { stripVTControlCharacters } from 'node:util';
import { allowedNames, nearestName } from '../base/nearest.js';

/** What oclif's parser leaves in its errors besides the message. */
interface ParseError extends Error {
  readonly flags?: readonly string[];
  readonly args?: readonly { readonly name: string; readonly description?: string }[] | string[];
  readonly parse?: {
    readonly input?: {
      readonly flags?: Readonly<Record<string, unknown>>;
      readonly args?: Readonly<Record<string, unknown>>;
    };
    readonly output?: { readonly argv?: readonly unknown[] };
  };
}

type Form = (...parts: string[]) => string;

/** What oclif says, and how this tool does: field, value, what would be allowed. */
const FORMS: readonly (readonly [RegExp, Form])[] = [
  [
    /^Parsing (--\S+) Expected an integer greater than or equal to (\S+) but received: (.*)$/,
    (flag, least, got) => refusal(flag, shown(got), `a whole number, at least ${least}`),
  ],
  [
    /^Parsing (--\S+) Expected an integer less than or equal to (\S+) but received: (.*)$/,
    (flag, most, got) => refusal(flag, shown(got), `a whole number, at most ${most}`),
  ],
  [
    /^Parsing (--\S+) Expected an integer but received:\s*(.*)$/,
    (flag, got) => refusal(flag, shown(got), 'a whole number'),
  ],
  [/^Flag (--\S+) expects a value$/, (flag) => refusal(flag, 'nothing', 'a value')],
  [/^Flag (--\S+) can only be specified once$/, (flag) => refusal(flag, 'it twice', 'once')],
  [
    /^Expected (--[^=\s]+)=(.*) to be one of: (.*)$/,
    (flag, got, options) => refusal(flag, shown(got), allowedNames(got, options.split(', '))),
  ],
  [
    /^Expected (.*) to be one of: (.*)$/,
    (got, options) => refusal('argument', shown(got), allowedNames(got, options.split(', '))),
  ],
  [/^Missing required flag (\S+)$/, (flag) => refusal(`--${flag}`, 'nothing', 'a value')],
  [
    /^(--[^=\s]+)(?:=\S*)? cannot also be provided when using (--\S+)$/,
    (other, flag) => refusal(flag, `${other}, too`, 'one of them'),
  ],
  [
    /^All of the following must be provided when using (--\S+): (--\S+)$/,
    (flag, needed) => refusal(flag, `no ${needed}`, `with ${needed} only`),
  ],
  [
    /^One of the following must be provided when using (--\S+): (--.*)$/,
    (flag, needed) => refusal(flag, `none of ${needed}`, `with one of ${needed} only`),
  ],
  [
    /^Command (.*) not found\.$/,
    (name) => refusal('command', shown(name), 'one that `offloadcage --help` lists'),
  ],
];

/** What oclif's parser refuses, in the form of this tool's own messages; null for anything else. */
export function parseErrorText(error: Error): string | null {
  const { flags, args, parse } = error as ParseError;
  const [first] = flags ?? args ?? [];
  if (flags !== undefined && typeof first === 'string') {
    const known = Object.keys(parse?.input?.flags ?? {});
    const nearest = nearestName(first.replace(/^-+/, ''), known);
    const hint = nearest === null ? '' : `; did you mean --${nearest}?`;
    const all = known.map((name) => `--${name}`).join(', ');
    return refusal(first, 'an unknown flag', `${all}${hint}`);
  }
  if (typeof first === 'string') {
    // All of them: oclif takes the value of `--quiet=1`, too, for one.
    const got = (parse?.output?.argv ?? args ?? []).map((one) => shown(String(one)));
    const names = Object.keys(parse?.input?.args ?? {});
    const allowed = names.length === 0 ? 'none' : `${names} only`;
    return refusal('arguments', got.join(', '), allowed);
  }
  if (first !== undefined) {
    return refusal(first.name, 'nothing', asPhrase(first.description ?? 'a value'));
  }
  // Several may be wrong at once: a line each.
  const [said = ''] = stripVTControlCharacters(error.message)
    .replace(/^The following errors? occurred:\s*/, '')
    .replace(/^(Parsing --\S+)\s+/, '$1 ')
    .split('\n');
  for (const [pattern, form] of FORMS) {
    const parts = pattern.exec(said.trim());
    if (parts !== null) return form(...parts.slice(1));
  }
  return null;
}

function refusal(field: string, got: string, allowed: string): string {
  return `${field}: got ${got}; allowed: ${allowed}`;
}

/** A sentence within a line. */
function asPhrase(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
}

/** Numbers as they are, texts in quotes. */
function shown(text: string): string {
  return /^-?\d+(\.\d+)?$/.test(text) ? text : JSON.stringify(text);
}
