import type { z } from 'zod';
import { isMapping } from './mappings.js';
import { allowedNames, nearestName } from './nearest.js';
import { onOneLine } from './one-line.js';
import type { Path } from './source.js';

/** Something in a file that is not allowed. */
export interface Problem {
  readonly path: Path;
  /** What is there, as shown to the user. */
  readonly got: string;
  readonly allowed: string;
  /** The key at the end of the path is wrong, not its value. */
  readonly atKey?: boolean;
  /** The variant whose changes and what is changed make it wrong together. */
  readonly variant?: string;
}

/** How a value looks in a message: short, on one line. */
export function show(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return 'a mapping';
  const text = typeof value === 'string' ? onOneLine(JSON.stringify(value)) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** What zod found, as problems; `value` is the input that was checked with `allowedMessage`. */
export function problemsOf(error: z.ZodError, value: unknown): Problem[] {
  const mistyped = new Set(error.issues.flatMap(missingByMistake));
  return error.issues
    .filter(
      ({ path }) => !mistyped.has(path.join('.')) || valueAt(value, pathOf(path)) !== undefined,
    )
    .flatMap((issue) => problemsOfIssue(issue, value));
}

/** Keys that are probably there under mistyped names: that they are missing is no news. */
function missingByMistake(issue: z.core.$ZodIssue): string[] {
  if (issue.code !== 'unrecognized_keys') return [];
  const known = issue.message.split(', ');
  return issue.keys.flatMap((key) => {
    const nearest = nearestName(key, known);
    return nearest === null ? [] : [[...issue.path, nearest].join('.')];
  });
}

function pathOf(path: readonly PropertyKey[]): Path {
  return path.map((step) => (typeof step === 'symbol' ? String(step) : step));
}

function problemsOfIssue(issue: z.core.$ZodIssue, value: unknown): Problem[] {
  const path = pathOf(issue.path);
  const allowed = issue.message;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey([...path, key], allowed.split(', ')));
    case 'invalid_key': {
      const keyAllowed = issue.issues[0]?.message ?? allowed;
      return [{ path, got: show(path.at(-1)), allowed: keyAllowed, atKey: true }];
    }
    default:
      return [{ path, got: show(valueAt(value, path)), allowed }];
  }
}

function unknownKey(path: Path, known: readonly string[]): Problem {
  const allowed = allowedNames(String(path.at(-1)), known);
  return { path, got: 'an unknown key', allowed, atKey: true };
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping of names',
};

/** Error map for zod: an issue's message is what would be allowed, and nothing else. */
export function allowedMessage(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'unrecognized_keys':
      return Object.keys(shapeOf(issue.inst)).join(', ');
    case 'invalid_type':
      return TYPES[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return allowedNames(textOf(issue.input), issue.values.map(String));
    case 'too_small': {
      const atLeast = issue.inclusive ? 'at least' : 'more than';
      return EMPTY[issue.origin] ?? `${atLeast} ${issue.minimum}`;
    }
    case 'too_big':
      return `at most ${issue.maximum}`;
    case 'invalid_union':
      return kindsOf(issue);
    default:
      return undefined;
  }
}

const EMPTY: Readonly<Record<string, string>> = {
  array: 'a list that is not empty',
  string: 'text that is not empty',
};

function shapeOf(schema: unknown): object {
  return isMapping(schema) && isMapping(schema.shape) ? schema.shape : {};
}

/** The values of the field that tells the members of a union apart; undefined without one. */
function kindsOf(issue: z.core.$ZodRawIssue<z.core.$ZodIssueInvalidUnion>): string | undefined {
  if (!('options' in issue && Array.isArray(issue.options))) return undefined;
  const { input, discriminator = '' } = issue;
  const got = isMapping(input) ? input[discriminator] : undefined;
  // A member that has none of the field stands for it by default.
  const names = issue.options.filter((option) => option !== undefined).map(String);
  return allowedNames(textOf(got), names);
}

/** A value that may be a mistyped name. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The value at a path; undefined if there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<string | number, unknown>)[step];
  }
  return at;
}
