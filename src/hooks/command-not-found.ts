import type { Hook } from '@oclif/core/hooks';
import { closest } from 'fastest-levenshtein';
import { exitCodes } from '../cli/exit-codes.js';

/** Suggests the nearest command. Never asks: a script must not wait for an answer. */
const hook: Hook.CommandNotFound = async function ({ id, config }) {
  const nearest = closest(id, config.commandIDs);
  this.error(`unknown command "${id}": did you mean "${nearest}"? (see ${config.bin} --help)`, {
    exit: exitCodes.badInput,
  });
};

export default hook;
