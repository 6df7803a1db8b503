import type { Hook } from '@oclif/core/hooks';
import { exitCodes } from '../cli/exit-codes.js';
import { nearestName } from '../experiments/nearest.js';

function suggestion(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === null ? '' : `: did you mean "${nearest}"?`;
}

/** Suggests the nearest command. Never asks: a script must not wait for an answer. */
const hook: Hook.CommandNotFound = async function ({ id, config }) {
  // Further words of the command line are joined to the id by colons.
  const [name = id, ...words] = id.split(':');
  const message = config.findCommand(name)
    ? `${name}: got "${words.join(' ')}"; allowed: no argument`
    : `unknown command "${name}"${suggestion(name, config.commandIDs)}`;
  this.error(`${message} (see ${config.bin} --help)`, { exit: exitCodes.badInput });
};

export default hook;
