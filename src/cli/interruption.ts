import { stdoutErrorOf } from '../output/terminal/stdout.js';
import { exitCodes } from './exit-codes.js';

/** What stops a run: Ctrl-C, a request to end, and a terminal that is closed. */
const SIGNALS = {
  SIGINT: exitCodes.interrupted,
  SIGTERM: exitCodes.terminated,
  SIGHUP: exitCodes.hungUp,
} as const;

type Stop = keyof typeof SIGNALS;

/** Somebody stopped the run. */
export class Interrupted extends Error {
  readonly exitCode: number;

  constructor(signal: Stop, left: string) {
    super(`interrupted: ${left}`);
    this.exitCode = SIGNALS[signal];
  }
}

/**
 * Runs `work` with a signal that Ctrl-C, SIGTERM and SIGHUP abort; its reason is `Interrupted`.
 * From the moment `work` starts to write it ignores the signal, so that files are never half
 * written. A second Ctrl-C ends the process without ceremony.
 * So does a reader that closes stdout while `work` prints: nobody would see the rest.
 * @param left what the interruption leaves behind, for the message
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  left = 'nothing was written',
): Promise<T> {
  const controller = new AbortController();
  const stop = (name: NodeJS.Signals) => controller.abort(new Interrupted(name as Stop, left));
  const cut = (error: Error) => controller.abort(stdoutErrorOf(error));
  const names = Object.keys(SIGNALS) as Stop[];
  for (const name of names) process.once(name, stop);
  process.stdout.on('error', cut);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of names) process.off(name, stop);
    process.stdout.off('error', cut);
  }
}
