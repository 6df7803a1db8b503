import { checkSettings, checkTiming } from './checks.js';
import type { Definition, FigureDefinition, Variant } from './definition.js';
import { type DefinitionFile, definitionSchema } from './definition-schema.js';
import { resolveFigure } from './figures.js';
import { InputError } from './input-error.js';
import { checkMachineValues, withValues } from './machine-changes.js';
import { MachineFiles } from './machine-files.js';
import { isMapping, mergeChanges } from './merge.js';
import { allowedMessage, type Problem, problemsOf, show, throwProblems } from './problems.js';
import { resolveInput, resolveSubject } from './resolve.js';
import { fittingSample } from './sampling.js';
import { type Settings, settingsFields, settingsSchema } from './settings-schema.js';
import type { Path, Source } from './source.js';
import { warningsOf } from './warnings.js';
import { readYamlFile } from './yaml-file.js';

/** Variant ids whose CSV would take the name of another result file. */
const TAKEN_IDS = ['summary', 'claims', 'breakdown', 'counters'];

/**
 * Reads, checks and resolves an experiment definition with its machines.
 * @param path of the YAML file, relative to the current directory
 * @throws InputError with file, line, column, field, value and what is allowed
 */
export function loadDefinition(path: string): Definition {
  return resolveDefinition(path, readYamlFile(path, path), new MachineFiles());
}

/**
 * Checks and resolves what a definition says.
 * @param path of its file: paths of machines are relative to it
 * @throws InputError with place, field, value and what is allowed
 */
export function resolveDefinition(path: string, file: Source, machines: MachineFiles): Definition {
  const parsed = definitionSchema.safeParse(file.value, { error: allowedMessage });
  if (!parsed.success) {
    throwProblems(file, problemsOf(parsed.error, file.value));
  }
  const content = parsed.data as DefinitionFile;
  throwProblems(file, [...checkTiming(content), ...checkIds(content)]);
  const variants = loadVariants(path, file, content, machines);
  const figures = loadFigures(file, content, variants);
  return {
    id: content.id,
    title: content.title,
    description: content.description?.trim() ?? '',
    paper: content.paper ?? '',
    file: path,
    durationNs: content.duration,
    warmupNs: content.warmup,
    sampleNs: content.sample,
    seedCount: content.seeds,
    variants,
    figures,
  };
}

/** Names that become file names may not meet. */
function checkIds(content: DefinitionFile): Problem[] {
  const problems: Problem[] = [];
  for (const id of Object.keys(content.variants)) {
    if (!TAKEN_IDS.includes(id)) continue;
    const allowed = `a name other than ${TAKEN_IDS.join(', ')}, which are result files`;
    problems.push({ path: ['variants', id], got: show(id), allowed, atKey: true });
  }
  for (const field of ['id', 'number'] as const) {
    const values = content.figures.map((figure) => String(figure[field]));
    values.forEach((value, i) => {
      if (values.indexOf(value) === i) return;
      problems.push({ path: ['figures', i, field], got: show(value), allowed: 'each once' });
    });
  }
  return problems;
}

/** A variant as the file has it. */
interface VariantSource {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Its changes to the settings, not yet checked. */
  readonly changes: Readonly<Record<string, unknown>>;
}

function loadVariants(
  path: string,
  file: Source,
  content: DefinitionFile,
  machines: MachineFiles,
): Variant[] {
  const whole = isMapping(file.value) ? file.value : {};
  const overrides = isMapping(whole.variants) ? whole.variants : {};
  const sources = Object.entries(content.variants).map(([id, { title, description }]) => {
    const override = overrides[id];
    const changes = pickSettings(isMapping(override) ? override : {});
    return { id, title, description: (description ?? '').trim(), changes };
  });
  const only = { id: 'main', title: content.title, description: '', changes: {} };
  return (sources.length === 0 ? [only] : sources).map((source) =>
    loadVariant(path, file, content, machines, pickSettings(whole), source),
  );
}

function pickSettings(from: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(from).filter(([key]) => Object.hasOwn(settingsFields, key)),
  );
}

function loadVariant(
  path: string,
  file: Source,
  content: DefinitionFile,
  machines: MachineFiles,
  base: Readonly<Record<string, unknown>>,
  { id, title, description, changes }: VariantSource,
): Variant {
  const merged = mergeChanges(base, changes);
  // A problem with what the variant says itself is shown there.
  const placeOf = (at: Path): Path => (comesFrom(changes, at) ? ['variants', id, ...at] : at);
  const place = (problem: Problem) => ({ ...problem, path: placeOf(problem.path) });
  const parsed = settingsSchema.safeParse(merged, { error: allowedMessage });
  if (!parsed.success) throwProblems(file, problemsOf(parsed.error, merged).map(place));
  const settings = parsed.data as Settings;
  const shipped = machines.load(settings.machine, path, (allowed) => {
    const problem = { path: ['machine'], got: show(settings.machine), allowed };
    return throwProblems(file, [place(problem)]);
  });
  throwProblems(file, checkMachineValues(settings, shipped).map(place));
  const machine = withValues(shipped, settings.machine_values);
  throwProblems(file, checkSettings(settings, machine).map(place));
  const subject = resolveSubject(settings);
  const input = resolveInput(settings, machine, {
    durationNs: content.duration,
    warmupNs: content.warmup,
    sampleNs: content.sample,
  });
  return {
    id,
    title,
    description,
    settings,
    machineName: settings.machine,
    machine,
    subject,
    input,
    warnings: warningsOf(settings).map(({ path: at, message }) => {
      const placed = placeOf(at);
      return `${file.locate(placed)}: ${placed.join('.')}: ${message}`;
    }),
  };
}

/** Whether the value at `path`, or the nearest above it that is no mapping, is in `changes`. */
function comesFrom(changes: Readonly<Record<string, unknown>>, path: Path): boolean {
  let at: unknown = changes;
  for (const step of path) {
    if (!isMapping(at)) return at !== undefined;
    if (!Object.hasOwn(at, step)) return false;
    at = at[step];
  }
  return true;
}

function loadFigures(
  file: Source,
  content: DefinitionFile,
  variants: readonly Variant[],
): FigureDefinition[] {
  const resolved = content.figures.map((figure, i) => resolveFigure(figure, i, variants));
  throwProblems(
    file,
    resolved.flatMap((one) => one.problems),
  );
  return resolved.map((one) => one.figure);
}

/**
 * The definition with another measured time. It is sampled more often if its sampling period does
 * not divide that time.
 * @param durationNs more than 0
 * @throws InputError if the time is too long, or would take too many samples
 */
export function withDuration(definition: Definition, durationNs: number): Definition {
  const sampleNs = fittingSample(durationNs, definition.sampleNs);
  const [problem] = checkTiming({
    duration: durationNs,
    warmup: definition.warmupNs,
    sample: sampleNs,
  });
  if (problem !== undefined) {
    throw new InputError(`--duration: got ${problem.got}; allowed: ${problem.allowed}`);
  }
  const variants = definition.variants.map((variant) => ({
    ...variant,
    input: { ...variant.input, durationNs, sampleNs },
  }));
  return { ...definition, durationNs, sampleNs, variants };
}
