import { assumedIn } from '../../definition/assumed-settings.js';
import type { Definition, Variant } from '../../definition/definition.js';
import { definitionSchema } from '../../definition/definition-schema.js';
import { type Difference, differencesOf, writtenSettings } from '../../definition/differences.js';
import { entrySchema } from '../../definition/field-schemas.js';
import { machineSchema, type Quantity } from '../../definition/machines/machine-schema.js';
import { type Parameter, parametersOf } from '../../definition/parameters.js';
import { hypervisorOf } from '../../definition/schedulers/schedulers.js';
import {
  type NamedSection,
  type Settings,
  settingsFields,
} from '../../definition/settings-schema.js';
import { type DeclaredQuantity, QUANTITIES } from '../../model/quantities.js';
import { simulationKey } from '../../run/run-key.js';

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
  /** Variants that differ from it in how time is accounted for only: one simulation serves all. */
  readonly one_run_with: readonly string[];
  readonly machine: MachineExplanation;
  readonly hypervisor: readonly Parameter[];
  readonly domains: readonly Entity[];
  readonly processes: readonly Entity[];
  readonly clients: readonly Entity[];
  readonly cages: readonly Entity[];
  /** Settings that nobody has read or measured. */
  readonly assumed: readonly AssumedExplanation[];
}

export interface AssumedExplanation {
  readonly setting: string;
  readonly value: unknown;
  readonly description: string;
}

/** A named thing with all its parameters. */
export interface Entity {
  readonly name: string;
  readonly parameters: readonly Parameter[];
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

/** Explains a definition, with every parameter whether set or left at its default. */
export function explain(definition: Definition): Explanation {
  const [first] = definition.variants;
  const runOf = ({ input }: Variant) => simulationKey({ input, seed: 1 });
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
    variants: definition.variants.map((variant) => ({
      ...explainVariant(variant),
      differences:
        first === undefined ? [] : differencesOf(writtenSettings(first), writtenSettings(variant)),
      one_run_with: definition.variants
        .filter((other) => other !== variant && runOf(other) === runOf(variant))
        .map(({ id }) => id),
    })),
  };
}

function timingOf({ durationNs, warmupNs, sampleNs, seedCount }: Definition): Parameter[] {
  const schema = definitionSchema.pick({ duration: true, warmup: true, sample: true, seeds: true });
  const value = { duration: durationNs, warmup: warmupNs, sample: sampleNs, seeds: seedCount };
  return parametersOf(schema, value);
}

function explainVariant(
  variant: Variant,
): Omit<VariantExplanation, 'differences' | 'one_run_with'> {
  const { settings, machine, machineName } = variant;
  const entities = (group: NamedSection) => entitiesOf(group, settings);
  return {
    id: variant.id,
    title: variant.title,
    description: variant.description,
    machine: {
      name: machineName,
      title: machine.title,
      description: machine.description?.trim() ?? '',
      pcpus: machine.pcpus,
      parameters: pcpusOf(variant),
      costs: costsOf(QUANTITIES.costs, machine.costs),
      network: costsOf(QUANTITIES.network, machine.network),
      disk: machine.disk === undefined ? [] : costsOf(QUANTITIES.disk, machine.disk),
    },
    hypervisor: parametersOf(settingsFields.hypervisor, hypervisorOf(settings)),
    domains: entities('domains'),
    processes: entities('processes'),
    clients: entities('clients'),
    cages: entities('cages'),
    assumed: assumedIn(settings).map(({ setting, written: value, description }) => {
      return { setting, value, description };
    }),
  };
}

function pcpusOf({ settings, machine }: Variant): Parameter[] {
  const isSet = settings.machine_values.pcpus !== undefined;
  return parametersOf(machineSchema.pick({ pcpus: true }), machine).map((parameter) => ({
    ...parameter,
    description: isSet ? `Set by the experiment. ${parameter.description}` : parameter.description,
  }));
}

function entitiesOf(group: NamedSection, settings: Settings): Entity[] {
  const schema = entrySchema(settingsFields[group]);
  return Object.entries(settings[group]).map(([name, entity]) => ({
    name,
    parameters: parametersOf(schema, entity),
  }));
}

function costsOf<Name extends string>(
  declared: Readonly<Record<string, DeclaredQuantity<Name>>>,
  section: Readonly<Record<Name, Quantity>>,
): CostExplanation[] {
  return Object.values(declared).map(({ name, description }) => {
    const quantity = section[name];
    return { name, ...quantity, fits: quantity.fits ?? null, description };
  });
}
