import { isMapping } from '../base/mappings.js';
import type { Variant } from './definition.js';
import { entrySchema } from './field-schemas.js';
import { quantitiesOf } from './machines/machine-changes.js';
import { parametersOf } from './parameters.js';
import { hypervisorOf } from './schedulers/schedulers.js';
import { NAMED_SECTIONS, type NamedSection, settingsFields } from './settings-schema.js';

/** A setting that one set-up has otherwise than a first one; null stands for "not there". */
export interface Difference {
  readonly setting: string;
  readonly first: unknown;
  readonly here: unknown;
}

/** Everything that makes a variant's machine, with every default, as a user would write it. */
export function writtenSettings(variant: Variant): Readonly<Record<string, unknown>> {
  const { settings, machine, machineName } = variant;
  const quantities = quantitiesOf(machine).map(([name, { value, unit }]) => [
    name,
    `${value} ${unit}`,
  ]);
  return {
    machine: machineName,
    machine_values: { pcpus: machine.pcpus, ...Object.fromEntries(quantities) },
    hypervisor: written(settingsFields.hypervisor, hypervisorOf(settings)),
    ...Object.fromEntries(
      NAMED_SECTIONS.map((group) => [group, writtenGroup(group, settings[group])]),
    ),
  };
}

function writtenGroup(group: NamedSection, entities: Readonly<Record<string, unknown>>) {
  const schema = entrySchema(settingsFields[group]);
  return Object.fromEntries(
    Object.entries(entities).map(([name, entity]) => {
      return [name, written(schema, entity)];
    }),
  );
}

function written(schema: Parameters<typeof parametersOf>[0], value: unknown) {
  return Object.fromEntries(parametersOf(schema, value).map((one) => [one.name, one.value]));
}

/** What differs, path by path; a thing that only one of the two has is one difference. */
export function differencesOf(
  first: unknown,
  here: unknown,
  path: readonly string[] = [],
): Difference[] {
  if (isMapping(first) && isMapping(here)) {
    const keys = new Set([...Object.keys(first), ...Object.keys(here)]);
    return [...keys].flatMap((key) => differencesOf(first[key], here[key], [...path, key]));
  }
  if (JSON.stringify(first) === JSON.stringify(here)) return [];
  return [{ setting: path.join('.'), first: first ?? null, here: here ?? null }];
}

/** `a, b` for lists, `kind ema, weight 0.2` for mappings, `none` for nothing. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'none';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(valueText).join(', ');
  if (typeof value !== 'object') return String(value);
  const parts = Object.entries(value).map(([key, part]) => `${key} ${valueText(part)}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}
