import { InputError } from '../base/input-error.js';
import { isMapping } from '../base/mappings.js';
import { nearestName } from '../base/nearest.js';
import type { Definition } from '../definition/definition.js';
import { definitionJsonSchema } from '../definition/json-schema.js';
import { quantitiesOf } from '../definition/machines/machine-changes.js';
import { shareFields } from '../definition/schedulers/schedulers.js';
import { NAMED_SECTIONS, settingsFields } from '../definition/settings-schema.js';

/** A place in a definition that can be set. */
export interface KnownPath {
  readonly steps: readonly string[];
  readonly isDuration: boolean;
  /** What else has to be set for it to be there. */
  readonly implied: readonly Condition[];
  /** If it says which kind of a thing there is: by kind, what other kinds have and it has not. */
  readonly strange: StrangePaths;
}

type StrangePaths = Readonly<Record<string, readonly (readonly string[])[]>>;

/** A place with what the JSON Schema says about its value. */
export interface SchemaPath extends Pick<KnownPath, 'steps' | 'isDuration'> {
  readonly schema: Readonly<Record<string, unknown>>;
  /** Only there while other places have these values, e.g. a process's program. */
  readonly when: readonly Condition[];
}

export interface Condition {
  readonly steps: readonly string[];
  readonly is: unknown;
}

const TIMES = ['duration', 'warmup', 'sample'];
/** Section and name. */
const THING_DEPTH = 2;
/** The machine's values are known by the machine, not by the schema. */
const SECTIONS = Object.keys(settingsFields).filter((key) => key !== 'machine_values');

/** Every path that the schema knows for the things that a definition names, each once. */
export function knownPaths(definition: unknown): KnownPath[] {
  const paths = new Map<string, KnownPath>();
  const all = schemaPaths(definition);
  for (const { steps, isDuration, when } of all) {
    const path = nameOf(steps);
    // There in one kind of a thing only: it tells the kind, if the definition does not.
    const implied = paths.has(path) ? [] : when.filter((one) => !isSaid(definition, one.steps));
    paths.set(path, { steps, isDuration, implied, strange: strangePaths(path, all) });
  }
  return [...paths.values()];
}

/** What the kinds of the thing whose kind is at `path` have, and some of them have not. */
function strangePaths(path: string, all: readonly SchemaPath[]): StrangePaths {
  const byKind = new Map<string, SchemaPath[]>();
  for (const one of all) {
    for (const { steps, is } of one.when) {
      if (nameOf(steps) !== path) continue;
      byKind.set(String(is), [...(byKind.get(String(is)) ?? []), one]);
    }
  }
  const everything = [...byKind.values()].flat().map(({ steps }) => steps);
  const strangeTo = (own: readonly SchemaPath[]) => {
    const names = own.map(({ steps }) => nameOf(steps));
    return everything.filter((steps) => !names.includes(nameOf(steps)));
  };
  return Object.fromEntries([...byKind].map(([kind, own]) => [kind, strangeTo(own)]));
}

/** What another kind lacks, without what the user sets: that is refused there, not left out. */
export function withoutPaths(strange: StrangePaths, names: readonly string[]): StrangePaths {
  const kept = Object.entries(strange).map(([kind, paths]) => [
    kind,
    paths.filter((steps) => !names.includes(nameOf(steps))),
  ]);
  return Object.fromEntries(kept);
}

const nameOf = (steps: readonly string[]) => steps.join('.');

/** PCPUs and the quantities of the machines that a definition runs on. */
export function machinePaths({ variants }: Definition): KnownPath[] {
  const names = variants.flatMap(({ machine }) => quantitiesOf(machine).map(([name]) => name));
  return [...new Set(['pcpus', ...names])].map((name) => ({
    steps: ['machine_values', name],
    isDuration: false,
    implied: [],
    strange: {},
  }));
}

/** Whether the definition or a variant has a value there. */
function isSaid(definition: unknown, steps: readonly string[]): boolean {
  const whole = isMapping(definition) ? definition : {};
  const variants = isMapping(whole.variants) ? Object.values(whole.variants) : [];
  return [whole, ...variants].some((one) => has(one, steps));
}

/** The same with their schemas: a path comes as often as it has conditions to be there. */
export function schemaPaths(definition: unknown): SchemaPath[] {
  const schema = definitionJsonSchema() as { properties: Record<string, unknown> };
  const whole = isMapping(definition) ? definition : {};
  const variants = Object.values(isMapping(whole.variants) ? whole.variants : {});
  return [...TIMES, ...SECTIONS].flatMap((key) => {
    const names = [whole, ...variants].flatMap((one) =>
      isMapping(one) && isMapping(one[key]) ? Object.keys(one[key]) : [],
    );
    return walk(schema.properties[key], [key], [...new Set(names)], []);
  });
}

/** Of the values of any machine. */
export function machineSchemaPaths(): SchemaPath[] {
  const schema = definitionJsonSchema() as { properties: Record<string, unknown> };
  return walk(schema.properties.machine_values, ['machine_values'], [], []);
}

function walk(
  schema: unknown,
  steps: readonly string[],
  names: readonly string[],
  when: readonly Condition[],
): SchemaPath[] {
  if (!isMapping(schema) || schema.type === 'array') return [];
  const options = schema.oneOf ?? schema.anyOf;
  if (Array.isArray(options)) {
    return options.flatMap((one) => walk(one, steps, names, [...when, ...kindOf(one, steps)]));
  }
  if (isMapping(schema.properties)) {
    return Object.entries(schema.properties).flatMap(([key, child]) => {
      const own = [...steps, key];
      return walk(child, own, [], [...when, ...schedulerOf(own)]);
    });
  }
  if (isMapping(schema.additionalProperties)) {
    const entry = schema.additionalProperties;
    return names.flatMap((name) => walk(entry, [...steps, name], [], when));
  }
  return [{ steps, isDuration: Array.isArray(schema.type), schema, when }];
}

/** What a domain has under one scheduler is there with that. */
function schedulerOf([section, , key = '', ...more]: readonly string[]): Condition[] {
  if (section !== 'domains' || more.length > 0 || !Object.hasOwn(shareFields, key)) return [];
  return [{ steps: ['hypervisor', 'scheduler'], is: key }];
}

/** What tells one option of a choice from the others. */
function kindOf(option: unknown, steps: readonly string[]): Condition[] {
  const properties = isMapping(option) && isMapping(option.properties) ? option.properties : {};
  return Object.entries(properties).flatMap(([key, child]) =>
    isMapping(child) && 'const' in child ? [{ steps: [...steps, key], is: child.const }] : [],
  );
}

/**
 * The path that a user means: whole, or its end if that is unique, e.g. `cage.cap`.
 * @throws InputError with the nearest path
 */
export function resolvePath(flag: string, text: string, known: readonly KnownPath[]): KnownPath {
  const [section, ...rest] = text.split('.');
  // The loader knows the quantities of the machine and says which is nearest.
  if (section === 'machine_values' && rest.length > 0 && rest.join('.') !== '__proto__') {
    return { steps: [section, rest.join('.')], isDuration: false, implied: [], strange: {} };
  }
  const whole = known.find(({ steps }) => nameOf(steps) === text);
  if (whole !== undefined) return whole;
  const ends = known.filter(({ steps }) => nameOf(steps).endsWith(`.${text}`));
  const [only] = ends;
  if (only !== undefined && ends.length === 1) return only;
  const got = `${flag}: got path ${JSON.stringify(text)}; allowed:`;
  const paths = (some: readonly KnownPath[]) => some.map(({ steps }) => nameOf(steps));
  if (ends.length > 1) throw new InputError(`${got} one of ${paths(ends).join(', ')}`);
  const shortened = known.map(({ steps }) => nameOf(steps.slice(1)));
  const nearest = nearestName(text, [...paths(known), ...shortened].filter(Boolean));
  const hint = nearest === null ? '' : `; did you mean ${nearest}?`;
  throw new InputError(`${got} a path of the definition's schema${hint}`);
}

/**
 * The definition with another value at a path: where it has the thing that the path is about, and
 * in every variant that sets the same itself, so that no variant escapes. If the value is another
 * kind of a thing, what that kind has not is left out.
 */
export function withValue(
  definition: unknown,
  { steps, strange = {} }: Pick<KnownPath, 'steps'> & Partial<Pick<KnownPath, 'strange'>>,
  value: unknown,
): unknown {
  const left = Object.hasOwn(strange, String(value)) ? (strange[String(value)] ?? []) : [];
  const set = (at: Readonly<Record<string, unknown>>) =>
    left.reduce((changed, one) => without(changed, one), setAt(at, steps, value));
  const whole = isMapping(definition) ? definition : {};
  const thing = NAMED_SECTIONS.some((section) => section === steps[0]) ? steps.slice(0, 2) : [];
  const isThere = has(whole, thing);
  const changed = isThere ? set(whole) : whole;
  if (!isMapping(whole.variants)) return changed;
  const variants = Object.entries(whole.variants).map(([id, variant]) => {
    if (!isMapping(variant)) return [id, variant];
    const own = has(variant, steps) || (!isThere && has(variant, thing));
    const kept = left.reduce((at, one) => without(at, one), variant);
    return [id, own ? set(variant) : kept];
  });
  return { ...changed, variants: Object.fromEntries(variants) };
}

function without(
  at: Readonly<Record<string, unknown>>,
  [step = '', ...rest]: readonly string[],
  depth = 0,
): Readonly<Record<string, unknown>> {
  if (!Object.hasOwn(at, step)) return at;
  const { [step]: old, ...others } = at;
  if (rest.length === 0) return others;
  if (!isMapping(old)) return at;
  const left = without(old, rest, depth + 1);
  // A part of a thing goes with the last of its keys, but the thing stays.
  const isPart = depth >= THING_DEPTH;
  return isPart && Object.keys(left).length === 0 ? others : { ...at, [step]: left };
}

function has(value: unknown, steps: readonly string[]): boolean {
  let at = value;
  for (const step of steps) {
    if (!isMapping(at) || !Object.hasOwn(at, step)) return false;
    at = at[step];
  }
  return at !== null;
}

function setAt(
  at: Readonly<Record<string, unknown>>,
  [step = '', ...rest]: readonly string[],
  value: unknown,
): Record<string, unknown> {
  const old = at[step];
  const below = rest.length === 0 ? value : setAt(isMapping(old) ? old : {}, rest, value);
  return { ...at, [step]: below };
}
