import { dirname } from 'node:path';
import { expect } from 'vitest';
import { InputError } from '../../src/experiments/input-error.js';
import { loadDefinition } from '../../src/experiments/loader.js';
import { definitionFile } from './definition-files.js';

/** The message for a definition, with the file's directory taken off. */
export function messageFor(text: string | Uint8Array): string {
  const path = definitionFile(text);
  return messageOf(() => loadDefinition(path)).replaceAll(`${dirname(path)}/`, '');
}

export function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    const { message, exitCode } = error as InputError;
    expect(exitCode).toBe(2);
    expect(message).not.toContain('\n');
    return message;
  }
  throw new Error('nothing was wrong');
}
