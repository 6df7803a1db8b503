import { setFlagsFromString } from 'node:v8';

/** Suits V8's compiler to simulations. To be called before any code of the model runs. */
export function tuneCompiler(): void {
  // A run is short: V8 should learn from its first calls on what to optimise, not after some.
  setFlagsFromString('--no-lazy-feedback-allocation');
  // An event goes through dozens of small functions, and calling one takes dozens of
  // instructions. By default V8 inlines 920 bytes of code in all, and never more than 4600. With
  // still more than here, single runs are a little faster, but compiling takes longer than a few
  // runs save.
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=6000');
  setFlagsFromString('--max-inlined-bytecode-size-absolute=40000');
}
