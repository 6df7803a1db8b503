/** Shipped experiments as the build has resolved them: what their files say, and nothing older. */
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Definition } from '../../src/definition/definition.js';
import { loadDefinition } from '../../src/files/load-definition.js';
import { resolvedExperiment } from '../../src/files/resolved-experiments.js';
import { experimentFile, experimentNames } from '../../src/files/shipped.js';
import { root } from '../commands/offloadcage.js';

type Resolved = (id: string) => Definition | undefined;

/** What the compiled program of a package takes instead of the experiment's file. */
async function builtIn(folder: string): Promise<Resolved> {
  const entry = pathToFileURL(join(folder, 'dist/resolved-experiments.js'));
  const built: { resolvedExperiment: Resolved } = await import(entry.href);
  return built.resolvedExperiment;
}

describe('what the build has resolved', () => {
  test.each(experimentNames())('is what the file of %s says', async (id) => {
    const resolved = (await builtIn(root))(id);
    expect(resolved).toStrictEqual(loadDefinition(experimentFile(id)));
  });

  test('names no folder of the machine that has built it', () => {
    for (const id of experimentNames()) {
      expect(readFileSync(join(root, 'dist/experiments', id), 'latin1')).not.toContain(root);
    }
  });

  test('is not there for the source', () => {
    expect(experimentNames().filter((id) => resolvedExperiment(id) !== undefined)).toEqual([]);
  });
});

describe('in a package whose files have changed since, what the build has resolved', () => {
  const place = mkdtempSync(join(tmpdir(), 'offloadcage-resolved-'));
  const copy = (part: string) => cpSync(join(root, part), join(place, part), { recursive: true });

  beforeAll(() => {
    for (const name of readdirSync(join(root, 'dist'))) {
      if (name !== 'cjs' && name !== 'types') copy(join('dist', name));
    }
    copy('package.json');
    symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'), 'dir');
  });

  beforeEach(() => {
    copy('experiments');
    copy('dist/experiments');
  });

  afterAll(() => rmSync(place, { recursive: true, force: true }));

  const edit = (name: string) => {
    const path = join(place, 'experiments', name);
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^title: .*$/m, 'title: Another'));
  };

  test('is taken where they are as they were, with the paths of the copy', async () => {
    const snort = (await builtIn(place))('snort');
    expect(snort?.file).toBe(join(place, 'experiments/snort.yaml'));
    expect(snort?.warnings.map(({ line }) => relative(place, line))).toEqual(
      loadDefinition(experimentFile('snort')).warnings.map(({ line }) => relative(root, line)),
    );
  });

  test.each(['snort.yaml', 'machines/athlon-xen33.yaml'])('is left if it was %s', async (name) => {
    edit(name);
    expect((await builtIn(place))('snort')).toBeUndefined();
  });

  test.each([
    ['is damaged', (file: string) => writeFileSync(file, '\xff\x7f{')],
    ['is not there', (file: string) => unlinkSync(file)],
  ])('is left if it %s', async (_, damage) => {
    damage(join(place, 'dist/experiments/snort'));
    const resolved = await builtIn(place);
    expect(resolved('snort')).toBeUndefined();
    expect(resolved('tripwire')?.id).toBe('tripwire');
  });

  test('is left for the file as it is now', async () => {
    edit('snort.yaml');
    const program = pathToFileURL(join(place, 'dist/index.js'));
    const library: { loadExperiment: (id: string) => Definition } = await import(program.href);
    expect(library.loadExperiment('snort').title).toBe('Another');
    expect(library.loadExperiment('tripwire').title).not.toBe('Another');
  });
});
