import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';
import { expect } from 'vitest';
import { programFiles } from '../../src/run/program-hash.js';
import { root } from '../commands/offloadcage.js';

/** Expects all files among those of the program that a bundler finds from here. */
export async function expectAllFound(entry: string): Promise<void> {
  const input = join(root, entry);
  const bundle = await rolldown({ input, platform: 'node', treeshake: false });
  const { output } = await bundle.generate({ codeSplitting: false });
  await bundle.close();
  const bundled = output
    .flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []))
    .filter((id) => existsSync(id) && !id.includes('node_modules'));
  const hashed = [...programFiles(pathToFileURL(input)).keys()].map((file) => fileURLToPath(file));
  const missing = bundled.filter((id) => !hashed.includes(id)).map((id) => relative(root, id));
  expect(missing).toEqual([]);
  expect(hashed.length).toBeGreaterThan(5);
  expect(hashed.some((file) => /\bmodel\b/.test(file))).toBe(true);
}
