import { InputError } from '../base/input-error.js';
import type { Definition } from '../definition/definition.js';
import {
  checkMachineValues,
  withMachines,
  withValues,
} from '../definition/machines/machine-changes.js';
import { scalar, splitAssignment } from '../sweep/axis.js';

/**
 * A definition on a machine with what `--set NAME=VALUE` says, each in the machine file's unit.
 * @throws InputError for a name that the machine does not know, and a value that it cannot have
 */
export function withSetValues(definition: Definition, texts: readonly string[]): Definition {
  const values = Object.fromEntries(texts.map(readValue));
  if (Object.keys(values).length < texts.length) {
    throw new InputError(`--set: got ${texts.join(' and ')}; allowed: each name once`);
  }
  return withMachines(definition, (machine) => {
    const [problem] = checkMachineValues({ machine_values: values }, machine);
    if (problem !== undefined) {
      const name = problem.path.at(-1);
      throw new InputError(`--set: ${name}: got ${problem.got}; allowed: ${problem.allowed}`);
    }
    return withValues(machine, values);
  });
}

function readValue(text: string): [name: string, value: number] {
  const [name, said] = splitAssignment('--set', text);
  const value = scalar(said);
  if (typeof value === 'number') return [name, value];
  throw new InputError(`--set: ${name}: got ${JSON.stringify(said)}; allowed: a number`);
}
