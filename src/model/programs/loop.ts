import type { ProcessBase } from '../input.js';
import type { ProgramKind } from './program-kind.js';

/** An endless loop. */
export interface LoopInput extends ProcessBase {
  readonly program: 'loop';
}

/** One unit of work without an end. */
const ENDLESS = {
  begin: () => Number.POSITIVE_INFINITY,
  finish: () => undefined,
};

export const LOOP: ProgramKind<LoopInput> = {
  plan: () => () => ({ program: ENDLESS }),
};
