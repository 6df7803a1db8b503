import { fieldOf } from '../base/faults.js';
import { isMapping } from '../base/mappings.js';
import type { YamlFile } from '../base/yaml-file.js';
import { type Axis, type AxisValue, parseValues } from './axis.js';

/** A path with its values, as a file has it. */
export interface Assignment extends Axis {
  /** Where it is, for messages: `cap.yaml:9:3: vary.cage.cap`. */
  readonly field: string;
}

/** Names that a file lists. */
export interface NameList {
  readonly field: string;
  readonly names: readonly string[];
}

/** What a file says to sweep; its names and paths are not yet checked. Plain data. */
export interface SweepBlock {
  readonly set: readonly Assignment[];
  readonly vary: readonly Assignment[];
  readonly zip: readonly Assignment[];
  /** How many, if the file says so. */
  readonly seeds: number | undefined;
  readonly variants: NameList;
  readonly metrics: NameList;
  readonly chart: NameList;
}

const NO_NAMES: NameList = { field: '', names: [] };

/** Of a file that says nothing to sweep, or is not to be swept as it says. */
export const NO_BLOCK: SweepBlock = {
  set: [],
  vary: [],
  zip: [],
  seeds: undefined,
  variants: NO_NAMES,
  metrics: NO_NAMES,
  chart: NO_NAMES,
};

/**
 * Reads the keys of a sweep below `at`, which a schema has checked: nothing for its own file,
 * `['sweep']` for the block of a definition.
 * @throws InputError for values that do not parse
 */
export function readSweepBlock(file: YamlFile, at: readonly string[]): SweepBlock {
  const block = at.reduce<unknown>((value, key) => below(value, key), file.value);
  const placeOf = (key: string, ...more: readonly string[]) =>
    `${file.locate([...at, key, ...more]).text}: ${fieldOf([...at, key, ...more])}`;
  const assignments = (key: string, valuesOf: (field: string, said: unknown) => AxisValue[]) =>
    entriesOf(below(block, key)).map(([path, said]) => {
      const field = placeOf(key, path);
      return { field, path, values: valuesOf(field, said) };
    });
  const list = (key: string): NameList => {
    const said = below(block, key);
    return { field: placeOf(key), names: Array.isArray(said) ? said.map(String) : [] };
  };
  const [duration, seeds] = [below(block, 'duration'), below(block, 'seeds')];
  const measured = {
    field: placeOf('duration'),
    path: 'duration',
    values: [duration as AxisValue],
  };
  return {
    set: [
      ...(duration === undefined ? [] : [measured]),
      ...assignments('set', (_, said) => [said as AxisValue]),
    ],
    vary: assignments('vary', valuesOf),
    zip: assignments('zip', valuesOf),
    seeds: typeof seeds === 'number' ? seeds : undefined,
    variants: list('variants'),
    metrics: list('metrics'),
    chart: list('chart'),
  };
}

function valuesOf(field: string, said: unknown): AxisValue[] {
  return Array.isArray(said) ? said : parseValues(field, String(said));
}

function below(value: unknown, key: string): unknown {
  return isMapping(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function entriesOf(value: unknown): [string, unknown][] {
  return isMapping(value) ? Object.entries(value) : [];
}
