import { z } from 'zod';
import type { ModelInput } from '../../model/input.js';
import { type BaseUnit, type DeclaredQuantity, QUANTITIES } from '../../model/quantities.js';
import { proseField, textField } from '../fields.js';

/** Units that a user may write, and how many base units each is. */
const UNITS: Readonly<Record<BaseUnit, Readonly<Record<string, number>>>> = {
  ns: { ns: 1, us: 1e3, ms: 1e6, s: 1e9 },
  '%': { '%': 1 },
  packets: { packets: 1 },
  bytes: { bytes: 1, KiB: 1024, MiB: 1024 ** 2 },
  'bytes/s': { 'bytes/s': 1, 'MB/s': 1e6 },
  'bit/s': { 'bit/s': 1, 'kbit/s': 1e3, 'Mbit/s': 1e6, 'Gbit/s': 1e9 },
};

/** The model counts whole nanoseconds, packets and so on: a value may be off by this part of it. */
const ROUNDING = 1e-3;

/** A number with unit and origin. */
function quantityField({ unit: baseUnit, least, most, description }: DeclaredQuantity) {
  const units = Object.keys(UNITS[baseUnit]) as [string, ...string[]];
  return z
    .strictObject({
      value: z.number().min(0).describe('The value, in the unit below.'),
      unit: z.enum(units).describe('Its unit.'),
      origin: z
        .enum(['measured', 'published', 'fitted', 'assumed'])
        .describe('Where the value is from: measured, published, fitted, or assumed.'),
      source: textField.describe('What was measured, read, or reasoned.'),
      fits: textField.optional().describe('What a fitted value is fitted to: claims, and choices.'),
    })
    .check((context) => {
      const { value, unit, origin, fits } = context.value;
      const size = sizeOf(unit, baseUnit);
      const base = Math.round(value * size);
      const refuse = (message: string) =>
        context.issues.push({ code: 'custom', input: value, path: ['value'], message });
      if (!(base >= least && base <= most)) {
        refuse(`${least / size} to ${most / size} ${unit}`);
      } else if (Math.abs(value * size - base) > base * ROUNDING) {
        refuse(`a whole number of ${baseUnit}; the nearest is ${base / size} ${unit}`);
      }
      if ((origin === 'fitted') !== (fits !== undefined)) {
        context.issues.push({
          code: 'custom',
          input: fits,
          path: ['fits'],
          message: 'what it is fitted to, if origin is fitted; else nothing',
        });
      }
    })
    .describe(description);
}

type Section = keyof typeof QUANTITIES;
type NameIn<Declared> = Extract<Declared[keyof Declared], DeclaredQuantity>['name'];

/** The sections of a machine that hold quantities. */
export const SECTIONS = Object.keys(QUANTITIES) as Section[];

function declaredIn(section: Section): readonly DeclaredQuantity[] {
  return Object.values(QUANTITIES[section]);
}

function fieldsOf<In extends Section>(section: In) {
  const fields = declaredIn(section).map((one) => [one.name, quantityField(one)]);
  type Name = NameIn<(typeof QUANTITIES)[In]>;
  return Object.fromEntries(fields) as Record<Name, ReturnType<typeof quantityField>>;
}

/** A machine as `experiments/machines/*.yaml` describe it. */
export const machineSchema = z
  .strictObject({
    title: textField.describe('What machine it is.'),
    description: proseField.optional().describe('What is known of it.'),
    pcpus: z
      .int()
      .min(1)
      .max(32)
      .describe(
        "Physical CPUs. The paper's experiments have one; it discusses several as another case " +
          '(section 6).',
      ),
    costs: z.strictObject(fieldsOf('costs')).describe('CPU time that things take.'),
    network: z.strictObject(fieldsOf('network')).describe('Link, NIC, rings and socket buffers.'),
    disk: z
      .strictObject(fieldsOf('disk'))
      .optional()
      .describe('The disk with its cache; a machine without one can run no Tripwire.'),
  })
  .describe('A simulated machine: every cost with unit and origin.');

/** Other values of a machine's quantities, each in the unit of the machine's file. */
export const machineValuesSchema = z.strictObject({
  pcpus: machineSchema.shape.pcpus.optional(),
  ...Object.fromEntries(
    SECTIONS.flatMap(declaredIn).map(({ name, description }) => [
      name,
      z.number().min(0).optional().describe(`${description} In the unit of the machine's file.`),
    ]),
  ),
});

/** A machine file, checked. */
export type MachineFile = z.output<typeof machineSchema>;
export type Quantity = z.output<ReturnType<typeof quantityField>>;
export type MachineValues = Readonly<Record<string, number | undefined>>;

/** A machine as the model is given it. */
export function resolveMachine({ pcpus, costs, network, disk }: MachineFile) {
  return {
    pcpus,
    costs: inBaseUnits(QUANTITIES.costs, costs),
    network: inBaseUnits(QUANTITIES.network, network),
    disk: disk === undefined ? null : inBaseUnits(QUANTITIES.disk, disk),
  } satisfies Partial<ModelInput>;
}

function inBaseUnits<Key extends string, Name extends string>(
  declared: Readonly<Record<Key, DeclaredQuantity<Name>>>,
  section: Readonly<Record<Name, Quantity>>,
) {
  const entries = Object.entries<DeclaredQuantity<Name>>(declared).map(([key, one]) => {
    const { value, unit } = section[one.name];
    return [key, Math.round(value * sizeOf(unit, one.unit))];
  });
  return Object.fromEntries(entries) as Readonly<Record<Key, number>>;
}

function sizeOf(unit: string, base: BaseUnit): number {
  return UNITS[base][unit] ?? Number.NaN;
}
