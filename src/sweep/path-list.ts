import { formatDuration } from '../base/duration.js';
import { InputError } from '../base/input-error.js';
import { isMapping } from '../base/mappings.js';
import { placeless } from '../base/source.js';
import type { Definition } from '../definition/definition.js';
import { quantitiesOf } from '../definition/machines/machine-changes.js';
import type { Quantity } from '../definition/machines/machine-schema.js';
import { resolveDefinition } from '../definition/resolve-definition.js';
import { DefinitionFiles } from '../files/definition-files.js';
import { scalar } from './axis.js';
import {
  knownPaths,
  machineSchemaPaths,
  resolvePath,
  type SchemaPath,
  schemaPaths,
  withValue,
} from './parameter-paths.js';
import type { SweepSource } from './sweep-file.js';

/** A path that a sweep of an experiment may set, for people and for completion. */
export interface ListedPath {
  readonly path: string;
  readonly type: string;
  /** What is allowed, or the unit; empty if the type says it all. */
  readonly allowed: string;
  /** Values to choose from, if there are few. */
  readonly options: readonly string[];
  /** What the first variant has that has it; null if none says so. */
  readonly value: unknown;
  readonly description: string;
}

/** An experiment, its file, and what that says. */
type SweptFile = Pick<SweepSource, 'definition' | 'file' | 'value'>;

/**
 * Every path that makes sense for an experiment as it is, those of the machine last, with the
 * values to choose from that it takes without another change.
 */
export function listPaths(source: SweptFile): ListedPath[] {
  const takes = choices(source);
  return possiblePaths(source).map((one) =>
    one.options.length === 0 ? one : withOptions(one, one.options.filter(takes(one.path))),
  );
}

/** Whether an experiment takes a value at a path, everything else as it is. */
export function choices({ file, value }: SweptFile): (path: string) => (option: string) => boolean {
  const known = knownPaths(value);
  const machines = new DefinitionFiles();
  return (path) => (option) => {
    const changed = withValue(value, resolvePath('path', path, known), scalar(option));
    try {
      resolveDefinition(placeless(file, changed), machines);
      return true;
    } catch (error) {
      if (error instanceof InputError) return false;
      throw error;
    }
  };
}

/** The same with every value that the schema names, whether the experiment takes it or not. */
export function possiblePaths({ definition, value }: SweptFile): ListedPath[] {
  const { variants } = definition;
  const times = {
    duration: definition.durationNs,
    warmup: definition.warmupNs,
    sample: definition.sampleNs,
  };
  const wholes = variants.map(({ settings }) => ({ ...times, ...settings }));
  const listed = new Map<string, ListedPath>();
  for (const one of schemaPaths(value)) {
    if (one.schema.deprecated === true) continue;
    const path = one.steps.join('.');
    const isChoice = 'const' in one.schema;
    // What chooses a kind is there with each of them.
    const fits = wholes.filter((whole) =>
      one.when.every(
        ({ steps, is }) => at(whole, steps) === is || (isChoice && steps.join('.') === path),
      ),
    );
    const old = listed.get(path);
    // A choice of kinds lists the name of each kind on its own.
    if (old !== undefined && isChoice && fits.length > 0) {
      listed.set(path, withOptions(old, [...old.options, String(one.schema.const)]));
    } else if (old === undefined && fits.length > 0) {
      listed.set(path, entryOf(path, one, fits));
    }
  }
  return [...listed.values(), ...machinePaths(definition)];
}

function withOptions(path: ListedPath, options: readonly string[]): ListedPath {
  return { ...path, options, allowed: options.join(', ') };
}

function entryOf(
  path: string,
  { steps, schema, isDuration }: SchemaPath,
  wholes: readonly object[],
): ListedPath {
  const [value] = wholes.map((whole) => at(whole, steps)).filter((one) => one !== undefined);
  const options = optionsOf(schema);
  return {
    path,
    type: isDuration ? 'duration' : String(schema.type),
    allowed: options.length > 0 ? options.join(', ') : boundsOf(schema),
    options,
    value: isDuration && typeof value === 'number' ? formatDuration(value) : (value ?? null),
    description: typeof schema.description === 'string' ? schema.description : '',
  };
}

function optionsOf(schema: Readonly<Record<string, unknown>>): string[] {
  if (Array.isArray(schema.enum)) return schema.enum.map(String);
  if ('const' in schema) return [String(schema.const)];
  return schema.type === 'boolean' ? ['true', 'false'] : [];
}

function boundsOf(schema: Readonly<Record<string, unknown>>): string {
  const bound = (sign: string, value: unknown) =>
    // Safe integers are JSON Schema's way to say "any".
    typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER
      ? [`${sign} ${value}`]
      : [];
  return [
    ...bound('>=', schema.minimum),
    ...bound('>', schema.exclusiveMinimum),
    ...bound('<=', schema.maximum),
    ...bound('<', schema.exclusiveMaximum),
  ].join(', ');
}

function machinePaths({ variants: [first] }: Definition): ListedPath[] {
  if (first === undefined) return [];
  const { machine } = first;
  const known = new Map<string, Pick<Quantity, 'value' | 'unit'>>([
    ['pcpus', { value: machine.pcpus, unit: '' }],
    ...quantitiesOf(machine),
  ]);
  return machineSchemaPaths().flatMap((one) => {
    const [section = '', name = ''] = one.steps;
    const quantity = known.get(name);
    if (quantity === undefined) return [];
    const { value, unit } = quantity;
    const path = entryOf(one.steps.join('.'), one, [{ [section]: { [name]: value } }]);
    // In which unit the machine has it, and so what is allowed, the schema does not know.
    return unit === '' ? path : { ...path, allowed: unit };
  });
}

function at(whole: object, steps: readonly string[]): unknown {
  return steps.reduce<unknown>(
    (value, step) => (isMapping(value) && Object.hasOwn(value, step) ? value[step] : undefined),
    whole,
  );
}
