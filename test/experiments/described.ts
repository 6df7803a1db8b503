import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { root } from '../commands/offloadcage.js';
import { type Statement, withNumbers } from '../docs/statements.js';

/** Expects of an experiment's description that it has these numbers. */
export async function expectSaid(id: string, statements: readonly Statement[]): Promise<void> {
  const path = join(root, `experiments/${id}.yaml`);
  const text = readFileSync(path, 'utf8');
  await expect(withNumbers(text, statements)).toMatchFileSnapshot(path);
}

export const whole = (value: number): string => value.toFixed(0);
