/** The user gave something that cannot be used. The message is one clear line a problem. */
export class InputError extends Error {
  /** What the process should exit with. */
  readonly exitCode = 2;

  constructor(message: string) {
    super(message);
    this.name = 'InputError';
  }
}
