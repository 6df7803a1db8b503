import { isMapping } from '../base/mappings.js';
import type { Problem } from '../base/problems.js';
import type { Path } from '../base/source.js';
import { type Settings, settingsSchema } from './settings-schema.js';

/** Below that are sections and the things in them. */
const VITAL_DEPTH = 3;

type Mapping = Readonly<Record<string, unknown>>;

/**
 * Settings with what is wrong left out, so that the rest can be checked, too; undefined if what is
 * left is not complete. What is not there by then has its default.
 */
export function repaired(settings: Mapping, problems: readonly Problem[]): Settings | undefined {
  const paths = problems.map(({ path }) => path);
  // Without a machine, a thing that others name, or what is in a list nothing is sure.
  const isVital = (path: Path) =>
    path.length < VITAL_DEPTH || path[0] === 'machine_values' || path.some(Number.isInteger);
  if (paths.some(isVital)) return undefined;
  return settingsSchema.safeParse(paths.reduce(without, settings)).data;
}

function without(from: Mapping, [step = '', ...rest]: Path): Mapping {
  const { [step]: old, ...others } = from;
  if (rest.length === 0) return others;
  return isMapping(old) ? { ...from, [step]: without(old, rest) } : from;
}
