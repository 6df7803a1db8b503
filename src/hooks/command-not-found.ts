import type { Hook } from '@oclif/core/hooks';
import { InputError } from '../base/input-error.js';
import { unknownName } from '../base/nearest.js';
import { errorJson } from '../cli/errors.js';

/**
 * Suggests the nearest command; with `--json` on stdout as well, as every command does. Never asks:
 * a script must not wait for an answer.
 */
const hook: Hook.CommandNotFound = async function ({ id, argv = [], config }) {
  // Further words of the command line are joined to the id by colons.
  const [name = id, ...words] = id.split(':');
  const error = new InputError(
    config.findCommand(name)
      ? `${name}: got ${JSON.stringify(words.join(' '))}; allowed: no argument`
      : unknownName('command', name, config.commandIDs, `what \`${config.bin} --help\` lists`),
  );
  if (argv.includes('--json')) this.log(JSON.stringify(errorJson(error), null, 2));
  throw error;
};

export default hook;
