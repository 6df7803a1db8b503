import { Faults } from '../base/faults.js';
import { InputError } from '../base/input-error.js';
import { isMapping } from '../base/mappings.js';
import { nearestName } from '../base/nearest.js';
import { allowedMessage, type Problem, problemsOf, show } from '../base/problems.js';
import type { Source } from '../base/source.js';
import { checkTiming } from './checks.js';
import type { Definition, Variant } from './definition.js';
import { type DefinitionFile, definitionSchema } from './definition-schema.js';
import { resolveFigure } from './figures.js';
import { resolveInput, resolveSubject, type Timing } from './model-input.js';
import type { NamedFiles } from './named-files.js';
import { RESULT_TABLES } from './result-tables.js';
import { fittingSample } from './sampling.js';
import { settingsFields } from './settings-schema.js';
import { type CheckedVariant, checkVariant, variantSources } from './variants.js';
import { warningsOf } from './warnings.js';

/**
 * Checks and resolves what a definition says.
 * @throws InputError that says of all that is wrong place, field, value and what is allowed
 */
export function resolveDefinition(file: Source, files: NamedFiles): Definition {
  const faults = new Faults(file);
  const whole = isMapping(file.value) ? file.value : {};
  const parsed = definitionSchema.safeParse(file.value, { error: allowedMessage });
  if (!parsed.success) faults.add(problemsOf(parsed.error, file.value));
  // What is under the mistyped name of a section would be missing everywhere else.
  if (Object.keys(whole).some(isMistypedSection)) faults.throw();
  const times = timesOf(whole);
  if (times !== undefined) faults.add(checkTiming(times, whole.duration));
  const sources = variantSources(whole);
  const checked = sources.flatMap(
    (source) => checkVariant(source, file.folder, files, faults) ?? [],
  );
  const figures = definitionSchema.shape.figures.safeParse(whole.figures).data ?? [];
  faults.add([
    ...checkVariantIds(whole.variants),
    ...checkFigureIds(figures),
    ...checkMainFigure(figures),
  ]);
  // What a figure can show depends on all variants, and not on how long they run.
  if (checked.length < sources.length) return refused(faults);
  const timing = times === undefined ? NO_TIMES : timingOf(times);
  const variants = checked.map((variant) => resolveVariant(variant, timing));
  const resolved = figures.map((figure, i) => resolveFigure(figure, i, variants));
  faults.add(resolved.flatMap(({ problems }) => problems));
  faults.throw();
  const content = parsed.data as DefinitionFile;
  return {
    id: content.id,
    title: content.title,
    description: content.description?.trim() ?? '',
    paper: content.paper ?? '',
    file: file.name,
    ...timing,
    seedCount: content.seeds,
    variants,
    figures: resolved.map(({ figure }) => figure),
    warnings: warningsOf(file, checked, timing.warmupNs),
  };
}

function isMistypedSection(key: string): boolean {
  const { shape } = definitionSchema;
  if (Object.hasOwn(shape, key)) return false;
  const nearest = nearestName(key, Object.keys(shape));
  return nearest !== null && Object.hasOwn(settingsFields, nearest);
}

function refused(faults: Faults): never {
  faults.throw();
  throw new Error('a variant is refused for no reason');
}

type Times = Pick<DefinitionFile, 'duration' | 'warmup' | 'sample'>;

/** Stands for times that are refused. */
const NO_TIMES: Timing = { durationNs: 1, warmupNs: 0, sampleNs: 1 };

function timingOf({ duration, warmup, sample }: Times): Timing {
  return { durationNs: duration, warmupNs: warmup, sampleNs: sample };
}

/** The times of a definition; undefined if one of them is none. */
function timesOf(whole: Readonly<Record<string, unknown>>): Times | undefined {
  const { shape } = definitionSchema;
  const duration = shape.duration.safeParse(whole.duration).data;
  const warmup = shape.warmup.safeParse(whole.warmup).data;
  const sample = shape.sample.safeParse(whole.sample).data;
  const areTimes = duration !== undefined && warmup !== undefined && sample !== undefined;
  return areTimes ? { duration, warmup, sample } : undefined;
}

/** Ids of variants become file names, which may not meet those of others. */
function checkVariantIds(variants: unknown): Problem[] {
  const ids = isMapping(variants) ? Object.keys(variants) : [];
  const allowed = `a name other than ${RESULT_TABLES.join(', ')}, which are result files`;
  return ids
    .filter((id) => RESULT_TABLES.some((table) => table === id))
    .map((id) => ({ path: ['variants', id], got: show(id), allowed, atKey: true }));
}

/** So do those of figures. */
function checkFigureIds(figures: DefinitionFile['figures']): Problem[] {
  return (['id', 'number'] as const).flatMap((field) => {
    const values = figures.map((figure) => String(figure[field]));
    return values.flatMap((value, i): Problem[] =>
      values.indexOf(value) === i
        ? []
        : [{ path: ['figures', i, field], got: show(value), allowed: 'each once' }],
    );
  });
}

/** One figure at most stands for the others. */
function checkMainFigure(figures: DefinitionFile['figures']): Problem[] {
  const [, ...others] = figures.flatMap(({ main }, i) => (main ? [i] : []));
  return others.map((i) => {
    return { path: ['figures', i, 'main'], got: 'true', allowed: 'true in one figure' };
  });
}

function resolveVariant(
  { id, title, description, settings, machine, recordings }: CheckedVariant,
  timing: Timing,
): Variant {
  return {
    id,
    title,
    description,
    settings,
    recordings,
    machineName: settings.machine,
    machine,
    subject: resolveSubject(settings),
    input: resolveInput(settings, machine, timing, recordings),
  };
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
