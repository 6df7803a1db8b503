import type { z } from 'zod';
import type { Definition, Variant } from '../../experiments/definition.js';
import { definitionSchema } from '../../experiments/definition-schema.js';
import { machineSchema } from '../../experiments/machine-schema.js';
import { isMapping } from '../../experiments/merge.js';
import { type Settings, settingsFields } from '../../experiments/settings-schema.js';
import { entrySchema, type Parameter, parametersOf } from './parameters.js';

/** What `show` tells about an experiment: the JSON of `show --json`. */
export interface Explanation {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly paper: string;
  readonly duration_s: number;
  readonly warmup_s: number;
  readonly sample_s: number;
  readonly seeds: number;
  /** The same four again, as what the paper leaves open. */
  readonly timing: readonly Parameter[];
  readonly figures: readonly { readonly id: string; readonly title: string }[];
  readonly variants: readonly VariantExplanation[];
}

export interface VariantExplanation {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Against the first variant; empty for the first itself. */
  readonly differences: readonly Difference[];
  readonly machine: MachineExplanation;
  /** How the credit scheduler debits: sampled or exact. */
  readonly debit: string;
  readonly domains: readonly Entity[];
  readonly processes: readonly Entity[];
  readonly clients: readonly Entity[];
  readonly cages: readonly Entity[];
}

/** A named thing with all its parameters. */
export interface Entity {
  readonly name: string;
  readonly parameters: readonly Parameter[];
}

/** A setting that a variant has otherwise than the first; null stands for "not there". */
export interface Difference {
  readonly setting: string;
  readonly first: unknown;
  readonly here: unknown;
}

export interface MachineExplanation {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly pcpus: number;
  readonly parameters: readonly Parameter[];
  readonly costs: readonly CostExplanation[];
  readonly network: readonly CostExplanation[];
  /** Empty for a machine without one. */
  readonly disk: readonly CostExplanation[];
}

export interface CostExplanation {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly origin: string;
  readonly source: string;
  /** What a fitted value is fitted to. */
  readonly fits: string | null;
  readonly description: string;
}

const groups = ['domains', 'processes', 'clients', 'cages'] as const;

/** Explains a definition, with every parameter whether set or left at its default. */
export function explain(definition: Definition): Explanation {
  const variants = definition.variants.map(explainVariant);
  const [first] = variants;
  return {
    id: definition.id,
    title: definition.title,
    description: definition.description,
    paper: definition.paper,
    duration_s: definition.durationNs / 1e9,
    warmup_s: definition.warmupNs / 1e9,
    sample_s: definition.sampleNs / 1e9,
    seeds: definition.seedCount,
    timing: timingOf(definition),
    figures: definition.figures.map(({ id, title }) => ({ id, title })),
    variants: variants.map((variant) => ({
      ...variant,
      differences: first === undefined ? [] : differencesOf(settingsOf(first), settingsOf(variant)),
    })),
  };
}

function timingOf({ durationNs, warmupNs, sampleNs, seedCount }: Definition): Parameter[] {
  const schema = definitionSchema.pick({ duration: true, warmup: true, sample: true, seeds: true });
  const value = { duration: durationNs, warmup: warmupNs, sample: sampleNs, seeds: seedCount };
  return parametersOf(schema, value);
}

function explainVariant(variant: Variant): VariantExplanation {
  const { settings, machine, machineName } = variant;
  const entities = (group: (typeof groups)[number]) => entitiesOf(group, settings);
  return {
    id: variant.id,
    title: variant.title,
    description: variant.description,
    differences: [],
    machine: {
      name: machineName,
      title: machine.title,
      description: machine.description?.trim() ?? '',
      pcpus: machine.pcpus,
      parameters: pcpusOf(variant),
      costs: costsOf(machineSchema.shape.costs, machine.costs),
      network: costsOf(machineSchema.shape.network, machine.network),
      disk: costsOf(machineSchema.shape.disk.unwrap(), machine.disk ?? {}),
    },
    debit: settings.debit,
    domains: entities('domains'),
    processes: entities('processes'),
    clients: entities('clients'),
    cages: entities('cages'),
  };
}

function pcpusOf({ settings, machine }: Variant): Parameter[] {
  const isSet = settings.machine_values.pcpus !== undefined;
  return parametersOf(machineSchema.pick({ pcpus: true }), machine).map((parameter) => ({
    ...parameter,
    description: isSet ? `Set by the experiment. ${parameter.description}` : parameter.description,
  }));
}

function entitiesOf(group: (typeof groups)[number], settings: Settings): Entity[] {
  const schema = entrySchema(settingsFields[group]);
  return Object.entries(settings[group]).map(([name, entity]) => ({
    name,
    parameters: parametersOf(schema, entity),
  }));
}

type Quantities = Readonly<Record<string, Omit<CostExplanation, 'name' | 'fits' | 'description'>>>;

function costsOf(schema: z.ZodObject, quantities: Quantities): CostExplanation[] {
  const fits = (quantity: object) => ('fits' in quantity ? String(quantity.fits ?? '') : '');
  return Object.entries(quantities).map(([name, quantity]) => ({
    name,
    value: quantity.value,
    unit: quantity.unit,
    origin: quantity.origin,
    source: quantity.source,
    fits: fits(quantity) || null,
    description: (schema.shape[name] as z.ZodType | undefined)?.description ?? '',
  }));
}

/** A variant's settings as nested mappings of written values. */
function settingsOf(variant: VariantExplanation): Record<string, unknown> {
  const nested = Object.fromEntries(
    groups.map((group) => [
      group,
      Object.fromEntries(
        variant[group].map(({ name, parameters }) => [
          name,
          Object.fromEntries(parameters.map((parameter) => [parameter.name, parameter.value])),
        ]),
      ),
    ]),
  );
  const quantities = [variant.machine.costs, variant.machine.network, variant.machine.disk].flat();
  const { pcpus } = variant.machine;
  const machine = Object.fromEntries(
    quantities.map(({ name, value, unit }) => [name, `${value} ${unit}`]),
  );
  return { machine: variant.machine.name, pcpus, ...machine, debit: variant.debit, ...nested };
}

function differencesOf(first: unknown, here: unknown, path: readonly string[] = []): Difference[] {
  if (isMapping(first) && isMapping(here)) {
    const keys = new Set([...Object.keys(first), ...Object.keys(here)]);
    return [...keys].flatMap((key) => differencesOf(first[key], here[key], [...path, key]));
  }
  if (JSON.stringify(first) === JSON.stringify(here)) return [];
  return [{ setting: path.join('.'), first: first ?? null, here: here ?? null }];
}
