import { InputError } from '../../base/input-error.js';
import { unknownName } from '../../base/nearest.js';
import { type Aim, FITTED_COSTS, type FittedCost, TARGETS } from '../../run/calibration/targets.js';
import { parseValues, splitAssignment } from '../../sweep/axis.js';

const FLAG = '--target';

/**
 * What costs are to be fitted to: for each cost the targets that are named, or the default. Several
 * values and targets of one cost are alternatives; each makes a list of its own.
 * @param texts of `--target NAME=VALUES`
 * @throws InputError for an unknown name, a value that is no share of the CPU, and alternatives for
 * more than one cost
 */
export function aimsOf(texts: readonly string[]): Aim[][] {
  const named = texts.flatMap(wantedOf);
  const all = FITTED_COSTS.map((cost) => {
    const own = named.filter(({ tells }) => tells === cost);
    return own.length === 0 ? [defaultOf(cost)] : own;
  });
  const several = all.filter((aims) => aims.length > 1);
  if (several.length > 1) {
    const got = several.map((aims) => `${aims.length} values for ${aims[0]?.tells}`).join(' and ');
    throw new InputError(`${FLAG}: got ${got}; allowed: several for one cost`);
  }
  const count = Math.max(...all.map((aims) => aims.length));
  return Array.from({ length: count }, (_, i) => all.flatMap((aims) => aims[i] ?? aims[0] ?? []));
}

function wantedOf(text: string): Aim[] {
  const [name, said] = splitAssignment(FLAG, text);
  const names = TARGETS.map((target) => target.name);
  const target = TARGETS.find((one) => one.name === name);
  if (target === undefined) throw new InputError(unknownName(FLAG, name, names, names.join(', ')));
  return parseValues(`${FLAG} ${name}`, said).map((value) => {
    if (typeof value === 'number' && value > 0 && value <= 100) return { ...target, pct: value };
    const got = JSON.stringify(value);
    throw new InputError(`${FLAG} ${name}: got ${got}; allowed: more than 0, at most 100`);
  });
}

function defaultOf(cost: FittedCost): Aim {
  const target = TARGETS.find((one) => one.tells === cost && one.defaultPct !== undefined);
  if (target?.defaultPct === undefined) throw new Error(`no target tells ${cost} by default`);
  return { ...target, pct: target.defaultPct };
}
