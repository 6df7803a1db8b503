import { dirname } from 'node:path';
import { expect } from 'vitest';
import { InputError } from '../../src/base/input-error.js';
import { loadDefinition } from '../../src/files/load-definition.js';
import { definitionFile } from './definition-files.js';

/** The message for a definition, with the file's directory taken off. */
export function messageFor(text: string | Uint8Array): string {
  const path = definitionFile(text);
  return messageOf(() => loadDefinition(path)).replaceAll(`${dirname(path)}/`, '');
}

/** The same for all that is wrong, one line each. */
export function messagesFor(text: string | Uint8Array): string[] {
  const path = definitionFile(text);
  const { messages } = errorOf(() => loadDefinition(path));
  return messages.map((line) => line.replaceAll(`${dirname(path)}/`, ''));
}

export function messageOf(action: () => unknown): string {
  return errorOf(action).message;
}

function errorOf(action: () => unknown): InputError {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    const { message, messages, exitCode } = error as InputError;
    expect(exitCode).toBe(2);
    for (const line of [message, ...messages]) expect(line).not.toMatch(/\p{Cc}/u);
    return error as InputError;
  }
  throw new Error('nothing was wrong');
}
