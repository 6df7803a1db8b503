/**
 * `npm run mutate -- FILES`: changes these files of `src/` in one place at a time and runs the
 * tests of their floors, to see which changes no test notices. It changes no numbers: those are
 * to be tried by hand. Takes minutes for each file.
 */
import { Stryker } from '@stryker-mutator/core';

const files = process.argv.slice(2);
const floors = new Set(files.map((file) => /^src\/(\w+)\//.exec(file)?.[1]));
if (files.length === 0 || floors.has(undefined)) {
  process.stderr.write('mutate: name files of src/, e.g. src/model/guest/sleep-average.ts\n');
  process.exit(2);
}

// For vitest.mutate.config.js, in the processes that Stryker starts.
process.env.MUTATED_FLOORS = [...floors].join();

await new Stryker({
  mutate: files,
  plugins: ['@stryker-mutator/vitest-runner'],
  testRunner: 'vitest',
  vitest: { configFile: 'vitest.mutate.config.js' },
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
