/** The packed tarball as a library, from a project that has nothing else. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../commands/offloadcage.js';
import { type Packed, pack } from './packed.js';

let packed: Packed;

beforeAll(() => {
  packed = pack();
});

afterAll(() => packed.remove());

const write = (file: string, text: string) => writeFileSync(join(packed.project, file), text);

function node(...args: string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: packed.project,
    encoding: 'utf8',
  });
  return stdout + stderr;
}

/** What TypeScript says of files of the project. */
function tsc(files: readonly string[], ...options: string[]): string {
  const strict = ['--noEmit', '--strict', '--target', 'es2023', '--types', '', ...options];
  const bin = join(root, 'node_modules/typescript/bin/tsc');
  return node(bin, ...strict, ...files);
}

const PROGRAM = `
const definition = loadExperiment('loop');
const seen: string = definition.variants[0]!.input.domains[0]!.name;
const kind: ProgramKind<ProcessBase & { program: 'mine'; everyNs: number }> = {
  plan: ({ everyNs }, { task }) => ({ clock, kernel }) => ({
    program: {
      begin: () => { kernel.sleepUntil(task, clock.nowNs + everyNs); return 0; },
      finish: () => {},
    },
  }),
};
const input = definition.variants[0]!.input;
const base = { name: 'a', domain: 'vm1', nice: 0, startNs: 0 };
const own = { ...base, program: 'mine' as const, everyNs: 1e6 };
const run: RunResult = simulate({ ...input, processes: [own] }, 1, { programs: { mine: kind } });
// @ts-expect-error: a process of a program that nobody gives
simulate({ ...input, processes: [own] }, 1);
// @ts-expect-error: an input of the program is missing
simulate({ ...input, processes: [{ ...own, everyNs: '1' }] }, 1, { programs: { mine: kind } });
runExperiment(definition, { seeds: [1] }).then(({ variants }) => {
  const mean: number | undefined = variants[0]!.summary.idle_pct?.mean;
  return [mean, run.events, seen];
});
`;
const TYPES = 'type ProcessBase, type ProgramKind, type RunResult, simulate';

describe('the library', () => {
  test('has types for import and require, and the modules that they speak of', () => {
    const entries = `import { loadExperiment, runExperiment } from 'offloadcage';
      import { ${TYPES} } from 'offloadcage/model';
      import { withMetrics } from 'offloadcage/definition';
      void withMetrics;`;
    write('esm.mts', entries + PROGRAM);
    write('cjs.cts', entries + PROGRAM);
    expect(tsc(['esm.mts', 'cjs.cts'], '--module', 'node16')).toBe('');
    expect(tsc(['esm.mts'], '--module', 'preserve', '--moduleResolution', 'bundler')).toBe('');
  });

  test('is one program, imported or required', () => {
    const show = `const { simulate, loadExperiment, InputError } = library;
      const { input } = loadExperiment('loop').variants[0];
      const { events } = simulate({ ...input, durationNs: 1e9 }, 1);
      const isOne = library.simulate === model.simulate && InputError === again.InputError;
      console.log(events > 0, isOne);`;
    write(
      'required.cjs',
      `const library = require('offloadcage');
      const model = require('offloadcage/model');
      import('offloadcage').then((again) => {${show}});`,
    );
    expect(node('required.cjs')).toBe('true true\n');
  });

  test('is what @arethetypeswrong finds no fault with', async () => {
    const tarball = createPackageFromTarballData(new Uint8Array(readFileSync(packed.tarball)));
    const analysis = await checkPackage(tarball);
    // TypeScript's way before Node had exports knows the main entry only.
    const problems = (analysis.types === false ? [analysis] : analysis.problems).filter(
      (one) => !('resolutionKind' in one && one.resolutionKind === 'node10'),
    );
    expect(problems).toEqual([]);
  });

  test('is what publint finds no fault with', async () => {
    const { messages } = await publint({ pkgDir: packed.installed, pack: false, strict: true });
    expect(messages).toEqual([]);
  });
});
