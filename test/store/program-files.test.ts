/** What a program of source files is known by. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { programFiles, programHash, programName } from '../../src/run/program-hash.js';
import { root } from '../commands/offloadcage.js';
import { expectAllFound } from './program-modules.js';

it('is the files that a bundler finds', async () => {
  await expectAllFound('src/run/worker.ts');
});

it('is what they hold, and what may compute otherwise: Node, system, processor', () => {
  const hash = createHash('sha256');
  for (const text of programFiles(pathToFileURL(join(root, 'src/run/worker.ts'))).values()) {
    hash.update(text);
  }
  expect(programHash()).toBe(hash.digest('hex').slice(0, 16));
  const node = `node${Number.parseInt(process.versions.node, 10)}`;
  expect(programName()).toBe(`${programHash()}-${node}-${process.platform}-${process.arch}`);
});
