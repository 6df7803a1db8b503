/**
 * `npm run mutate -- FILES [TESTS]`: changes these files of `src/` in one place at a time and runs
 * tests, to see which changes none of them notices: the files and folders of `test/` that are
 * named, or else all of the floors that the files are on. It changes no numbers: those are to be
 * tried by hand. Takes minutes for each file.
 */
import { Stryker } from '@stryker-mutator/core';

/** Floors whose tests are not in a folder of their name. */
const TESTS_OF = {
  base: ['test/base', 'test/experiments'],
  definition: ['test/experiments'],
  files: ['test/files', 'test/experiments'],
  measure: ['test/measure', 'test/experiments'],
  run: ['test/experiments', 'test/store'],
  cli: ['test/cli', 'test/commands'],
  commands: ['test/cli', 'test/commands'],
  hooks: ['test/commands'],
};

const words = process.argv.slice(2);
const files = words.filter((word) => word.startsWith('src/'));
const named = words.filter((word) => word.startsWith('test/'));
if (files.length === 0 || files.length + named.length < words.length) {
  process.stderr.write('mutate: name files of src/, e.g. src/model/guest/kernel.ts\n');
  process.exit(2);
}
const floors = files.map((file) => file.split('/')[1]);
const folders = floors.flatMap((floor) => TESTS_OF[floor] ?? [`test/${floor}`]);

// For vitest.mutate.config.js, in the processes that Stryker starts.
process.env.MUTATION_TESTS = [...new Set(named.length > 0 ? named : folders)].join();

await new Stryker({
  mutate: files,
  plugins: ['@stryker-mutator/vitest-runner'],
  testRunner: 'vitest',
  // Commands import each other when they run, so that no test would seem related to them.
  vitest: { configFile: 'vitest.mutate.config.js', related: false },
  coverageAnalysis: 'perTest',
  // None: it would rewrite its paths with an interface that the compiler has no more.
  tsconfigFile: 'none',
  ignorePatterns: ['/build', '/dist', '/results'],
  tempDirName: 'build/mutate',
  concurrency: 1,
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { reportTests: false, allowColor: false, allowEmojis: false },
  allowConsoleColors: false,
}).runMutationTest();
