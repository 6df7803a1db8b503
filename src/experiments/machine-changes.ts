import type { Definition } from './definition.js';
import type { MachineFile, Quantity } from './machine-schema.js';
import { resolveInput } from './resolve.js';

const SECTIONS = ['costs', 'network', 'disk'] as const;

/** The quantities of a machine with their names, which are distinct over its sections. */
export function quantitiesOf(machine: MachineFile): [string, Quantity][] {
  return SECTIONS.flatMap((section) => Object.entries(machine[section] ?? {}));
}

/** A machine whose named quantities are so many times what they are; shares stay below 100%. */
export function scaled(machine: MachineFile, factors: ReadonlyMap<string, number>): MachineFile {
  const sections = SECTIONS.map((section) => [
    section,
    machine[section] === undefined ? undefined : scaledSection(machine[section], factors),
  ]);
  return { ...machine, ...Object.fromEntries(sections) };
}

function scaledSection(
  section: Readonly<Record<string, Quantity>>,
  factors: ReadonlyMap<string, number>,
): Record<string, Quantity> {
  return Object.fromEntries(
    Object.entries(section).map(([name, quantity]) => {
      const value = quantity.value * (factors.get(name) ?? 1);
      const most = quantity.unit === '%' ? 99 : Infinity;
      return [name, { ...quantity, value: Math.min(value, most) }];
    }),
  );
}

/** A definition whose variants run on changed machines. */
export function withMachines(
  definition: Definition,
  change: (machine: MachineFile) => MachineFile,
): Definition {
  const { durationNs, warmupNs, sampleNs } = definition;
  const variants = definition.variants.map((variant) => {
    const machine = change(variant.machine);
    const input = resolveInput(variant.settings, machine, { durationNs, warmupNs, sampleNs });
    return { ...variant, machine, input };
  });
  return { ...definition, variants };
}
