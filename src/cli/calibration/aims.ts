import { InputError } from '../../base/input-error.js';
import { unknownName } from '../../base/nearest.js';
import { type Aim, FITTED_COSTS, TARGETS, type Target } from '../../run/calibration/targets.js';
import { parseValues, splitAssignment } from '../../sweep/axis.js';

const FLAG = '--target';

/** A target with all values that a user wants to see. */
interface Wanted {
  readonly target: Target;
  readonly values: readonly number[];
}

/**
 * What costs are to be fitted to: for each cost the target that is named, or the default. One of
 * them may have several values; each makes a list of its own.
 * @param texts of `--target NAME=VALUES`
 * @throws InputError for an unknown name, a value that is no share of the CPU, and two of a kind
 */
export function aimsOf(texts: readonly string[]): Aim[][] {
  const named = texts.map(wantedOf);
  const all = FITTED_COSTS.map((cost) => {
    const [wanted = defaultOf(cost), second] = named.filter(({ target }) => target.tells === cost);
    if (second !== undefined) {
      const got = `${wanted.target.name} and ${second.target.name}`;
      throw new InputError(`${FLAG}: got ${got}; allowed: one of them, as both tell ${cost}`);
    }
    return wanted;
  });
  const ranges = all.filter(({ values }) => values.length > 1);
  if (ranges.length > 1) {
    const got = ranges.map(({ target }) => target.name).join(' and ');
    throw new InputError(`${FLAG}: got several values of ${got}; allowed: of one target`);
  }
  const count = Math.max(...all.map(({ values }) => values.length));
  return Array.from({ length: count }, (_, i) =>
    all.map(({ target, values }) => ({ ...target, pct: values[i] ?? values[0] ?? Number.NaN })),
  );
}

function wantedOf(text: string): Wanted {
  const [name, said] = splitAssignment(FLAG, text);
  const names = TARGETS.map((target) => target.name);
  const target = TARGETS.find((one) => one.name === name);
  if (target === undefined) throw new InputError(unknownName(FLAG, name, names, names.join(', ')));
  const values = parseValues(`${FLAG} ${name}`, said).map((value) => {
    if (typeof value === 'number' && value > 0 && value <= 100) return value;
    const got = JSON.stringify(value);
    throw new InputError(`${FLAG} ${name}: got ${got}; allowed: more than 0, at most 100`);
  });
  return { target, values };
}

function defaultOf(cost: Target['tells']): Wanted {
  const target = TARGETS.find((one) => one.tells === cost && one.defaultPct !== undefined);
  if (target?.defaultPct === undefined) throw new Error(`no target tells ${cost} by default`);
  return { target, values: [target.defaultPct] };
}
