import { exitCodes } from './exit-codes.js';

/** Somebody stopped the run by Ctrl-C or SIGTERM. */
export class Interrupted extends Error {
  readonly exitCode: number;

  constructor(signal: 'SIGINT' | 'SIGTERM', left: string) {
    super(`interrupted: ${left}`);
    this.exitCode = signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.terminated;
  }
}

/**
 * Runs `work` with a signal that Ctrl-C and SIGTERM abort; its reason is `Interrupted`. From the
 * moment `work` starts to write it ignores the signal, so that files are never half written. A
 * second Ctrl-C ends the process without ceremony.
 * @param left what the interruption leaves behind, for the message
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  left = 'nothing was written',
): Promise<T> {
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals) =>
    controller.abort(new Interrupted(name === 'SIGTERM' ? 'SIGTERM' : 'SIGINT', left));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}
