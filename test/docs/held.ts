import { join } from 'node:path';
import { expect } from 'vitest';
import { root } from '../commands/offloadcage.js';
import { withOutputs } from './console.js';
import { readDocument } from './markdown.js';
import { type Statement, type Table, withNumbers, withTables } from './statements.js';

/** What a document is held to, besides what its commands print. */
export interface Holding {
  readonly statements?: readonly Statement[];
  readonly tables?: readonly Table[];
}

/**
 * Expects of a document that its commands print what it shows, and that its numbers are those of
 * the results. `vitest run test/docs --update` writes it anew.
 */
export async function expectHeld(
  document: string,
  { statements = [], tables = [] }: Holding = {},
): Promise<void> {
  const text = readDocument(document);
  const numbered = withNumbers(withTables(text, tables), statements);
  await expect(await withOutputs(numbered)).toMatchFileSnapshot(join(root, document));
}
