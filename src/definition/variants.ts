import type { Faults } from '../base/faults.js';
import { InputError } from '../base/input-error.js';
import { isMapping, mergeChanges, namelessNulls } from '../base/mappings.js';
import { nearestName } from '../base/nearest.js';
import { allowedMessage, type Problem, problemsOf, show, valueAt } from '../base/problems.js';
import type { Path } from '../base/source.js';
import { checkSettings } from './checks.js';
import type { Recording, Recordings } from './clients/client-definition.js';
import { clientDefinitionOf } from './clients/clients.js';
import { checkMachineValues, withValues } from './machines/machine-changes.js';
import type { MachineFile } from './machines/machine-schema.js';
import type { NamedFiles } from './named-files.js';
import { repaired } from './repair.js';
import { type Settings, settingsFields, settingsSchema } from './settings-schema.js';

type Mapping = Readonly<Record<string, unknown>>;

/** A variant as the file has it. */
export interface VariantSource {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** The settings that it changes. */
  readonly base: Mapping;
  /** Its changes to them, not yet checked. */
  readonly changes: Mapping;
}

/** A variant whose settings are checked. */
export interface CheckedVariant extends VariantSource {
  readonly settings: Settings;
  readonly machine: MachineFile;
  readonly recordings: Recordings;
}

/** The variants of a definition's file; without any, one with the settings as they are. */
export function variantSources(whole: Mapping): VariantSource[] {
  const base = pickSettings(whole);
  const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
  const variants = isMapping(whole.variants) ? Object.entries(whole.variants) : [];
  if (variants.length === 0) {
    return [{ id: 'main', title: textOf(whole.title), description: '', base, changes: {} }];
  }
  return variants.map(([id, variant]) => {
    const own = isMapping(variant) ? variant : {};
    const description = textOf(own.description).trim();
    return { id, title: textOf(own.title), description, base, changes: pickSettings(own) };
  });
}

function pickSettings(from: Mapping): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(from).filter(([key]) => Object.hasOwn(settingsFields, key)),
  );
}

/**
 * Checks a variant's settings, as far as what is wrong with some of them lets it check others.
 * @param folder to which the path of a machine is relative
 * @returns undefined if something is wrong, which is in `faults` then
 */
export function checkVariant(
  source: VariantSource,
  folder: string,
  files: NamedFiles,
  faults: Faults,
): CheckedVariant | undefined {
  const { id, base, changes } = source;
  const merged = mergeChanges(base, changes);
  const nameless = namelessNulls(base, changes).map((problem) => ({
    ...problem,
    path: ['variants', id, ...problem.path],
  }));
  faults.add(nameless);
  const examined = examine(merged, folder, files);
  const { problems, elsewhere, settings, machine, recordings } = examined;
  faults.addElsewhere(elsewhere);
  if (problems.length > 0) {
    const ofBase = examine(base, folder, files).problems;
    faults.add(problems.map((problem) => placed(source, merged, ofBase, problem)));
  }
  const isRight = problems.length + nameless.length === 0;
  if (!isRight || !settings || !machine || !recordings) return undefined;
  return { ...source, settings, machine, recordings };
}

interface Examined {
  readonly problems: readonly Problem[];
  /** What is wrong with the machine's file. */
  readonly elsewhere: readonly string[];
  /** What is there as far as nothing is wrong with it. */
  readonly settings?: Settings;
  readonly machine?: MachineFile;
  readonly recordings?: Recordings;
}

function examine(merged: Mapping, folder: string, files: NamedFiles): Examined {
  const parsed = settingsSchema.safeParse(merged, { error: allowedMessage });
  const formal = parsed.success ? [] : problemsOf(parsed.error, merged);
  const settings = parsed.success ? parsed.data : repaired(merged, formal);
  if (settings === undefined) return { problems: formal, elsewhere: [] };
  const problems = [...formal];
  const refuse = (allowed: string) => {
    problems.push({ path: ['machine'], got: show(settings.machine), allowed });
  };
  let shipped: MachineFile | undefined;
  let recordings: Recordings;
  try {
    shipped = files.machine(settings.machine, folder, refuse);
    recordings = readRecordings(settings, folder, files, problems);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { problems, elsewhere: error.messages };
  }
  if (shipped === undefined) return { problems, elsewhere: [] };
  const values = checkMachineValues(settings, shipped);
  const wrong = values.map(({ path }) => path[1]);
  // How many PCPUs there are is part of what is allowed elsewhere.
  if (wrong.includes('pcpus')) return { problems: [...problems, ...values], elsewhere: [] };
  const good = Object.entries(settings.machine_values).filter(([name]) => !wrong.includes(name));
  const machine = withValues(shipped, Object.fromEntries(good));
  const contradictions = [...values, ...checkSettings(settings, machine)].filter(
    ({ path }) => !formal.some((one) => isWithin(one.path, path) || isWithin(path, one.path)),
  );
  return {
    problems: [...problems, ...contradictions],
    elsewhere: [],
    settings,
    machine,
    recordings,
  };
}

/** The times that clients have from files. */
function readRecordings(
  { clients }: Settings,
  folder: string,
  files: NamedFiles,
  problems: Problem[],
): Recordings {
  const recordings = new Map<string, Recording>();
  for (const [name, client] of Object.entries(clients)) {
    const path = clientDefinitionOf(client.kind).recording?.(client);
    if (path === undefined) continue;
    const recording = files.recording(path, folder, (allowed) => {
      problems.push({ path: ['clients', name, 'file'], got: show(path), allowed });
    });
    if (recording !== undefined) recordings.set(name, recording);
  }
  return recordings;
}

function isWithin(path: Path, whole: Path): boolean {
  return whole.every((step, i) => path[i] === step);
}

/** A problem of merged settings, where the user can mend it. */
function placed(
  { id, base, changes }: VariantSource,
  merged: Mapping,
  ofBase: readonly Problem[],
  problem: Problem,
): Problem {
  const { path, allowed } = problem;
  const own = { ...problem, path: ['variants', id, ...path] };
  if (comesFrom(changes, path)) return { ...own, allowed: allowed + addedHint(base, path) };
  const bases = ofBase.find(
    (one) => one.path.join('.') === path.join('.') && one.got === problem.got,
  );
  if (bases !== undefined) return bases;
  const isMissing = valueAt(merged, path) === undefined;
  const isInside = path.length > 1 && comesFrom(changes, path.slice(0, -1));
  if (isMissing && isInside) return { ...own, allowed: allowed + addedHint(base, path) };
  return { ...problem, variant: id };
}

/** For an entry that a variant adds, perhaps instead of changing one of nearly the same name. */
function addedHint(base: Mapping, [section = '', name = '']: Path): string {
  const entries = base[section];
  if (!isMapping(entries) || name === '' || Object.hasOwn(entries, name)) return '';
  const nearest = nearestName(String(name), Object.keys(entries));
  return nearest === null ? '' : `; it adds ${name}: did you mean ${nearest}?`;
}

/** Whether the value at `path`, or the nearest above it that is no mapping, is in `changes`. */
export function comesFrom(changes: Mapping, path: Path): boolean {
  let at: unknown = changes;
  for (const step of path) {
    if (!isMapping(at)) return at !== undefined && at !== null;
    if (!Object.hasOwn(at, step)) return false;
    at = at[step];
  }
  return at !== null;
}
