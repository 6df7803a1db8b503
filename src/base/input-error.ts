/** The user gave something that cannot be used. */
export class InputError extends Error {
  /** What the process should exit with. */
  readonly exitCode = 2;
  /** One clear line for each thing that is wrong; at least one. */
  readonly messages: readonly string[];

  /** @param said one line, or several, of which `message` is the first and how many follow */
  constructor(said: string | readonly string[]) {
    const messages = typeof said === 'string' ? [said] : said;
    const more = messages.length > 1 ? ` (and ${messages.length - 1} more)` : '';
    super(`${messages[0] ?? ''}${more}`);
    this.name = 'InputError';
    this.messages = messages;
  }
}
