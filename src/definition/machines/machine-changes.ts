import { allowedNames } from '../../base/nearest.js';
import { allowedMessage, type Problem, show } from '../../base/problems.js';
import type { Definition } from '../definition.js';
import { withSetUps } from '../set-up.js';
import type { Settings } from '../settings-schema.js';
import {
  type MachineFile,
  type MachineValues,
  machineSchema,
  type Quantity,
  SECTIONS,
} from './machine-schema.js';

/** The quantities of a machine with their names, which are distinct over its sections. */
export function quantitiesOf(machine: MachineFile): [string, Quantity][] {
  return SECTIONS.flatMap((section) => Object.entries(machine[section] ?? {}));
}

/** A machine whose named quantities are so many times what they are; shares stay below 100%. */
export function scaled(machine: MachineFile, factors: ReadonlyMap<string, number>): MachineFile {
  return changed(machine, (name, quantity) => {
    const value = quantity.value * (factors.get(name) ?? 1);
    const most = quantity.unit === '%' ? 99 : Infinity;
    return { ...quantity, value: Math.min(value, most) };
  });
}

/**
 * A machine with other values of some quantities, in their units; their origin says so. `pcpus` is
 * one of the names.
 */
export function withValues(machine: MachineFile, values: MachineValues): MachineFile {
  if (Object.keys(values).length === 0) return machine;
  const { pcpus = machine.pcpus } = values;
  return changed({ ...machine, pcpus }, (name, quantity) => {
    const value = values[name];
    if (value === undefined) return quantity;
    const { fits: _, ...rest } = quantity;
    const source = `Set by the experiment; the machine has ${quantity.value} ${quantity.unit}.`;
    return { ...rest, value, origin: 'assumed', source };
  });
}

function changed(
  machine: MachineFile,
  change: (name: string, quantity: Quantity) => Quantity,
): MachineFile {
  const sections = SECTIONS.map((section) => {
    const quantities = machine[section];
    const entries = Object.entries(quantities ?? {}).map(([name, quantity]) => [
      name,
      change(name, quantity),
    ]);
    return [section, quantities === undefined ? undefined : Object.fromEntries(entries)];
  });
  return { ...machine, ...Object.fromEntries(sections) };
}

/** A definition whose variants run on changed machines. */
export function withMachines(
  definition: Definition,
  change: (machine: MachineFile) => MachineFile,
): Definition {
  return withSetUps(definition, ({ settings, machine }) => ({
    settings,
    machine: change(machine),
  }));
}

/** What is wrong with the values that an experiment gives a machine. */
export function checkMachineValues(
  { machine_values: values }: Pick<Settings, 'machine_values'>,
  machine: MachineFile,
): Problem[] {
  const names = ['pcpus', ...quantitiesOf(machine).map(([name]) => name)];
  return Object.entries(values).flatMap(([name, value]): Problem[] => {
    const path = ['machine_values', name];
    if (!names.includes(name)) {
      return [{ path, got: show(name), allowed: allowedNames(name, names), atKey: true }];
    }
    const changed = withValues(machine, { [name]: value });
    const checked = machineSchema.safeParse(changed, { error: allowedMessage });
    return (checked.error?.issues ?? []).map(({ message }) => ({
      path,
      got: show(value),
      allowed: message,
    }));
  });
}
