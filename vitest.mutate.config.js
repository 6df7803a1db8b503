import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

const places = process.env.MUTATION_TESTS?.split(',') ?? [];

/** The files in a folder, or the file itself. */
const filesAt = (place) =>
  statSync(place).isDirectory()
    ? readdirSync(place, { recursive: true }).map((file) => join(place, file))
    : [place];

/** The built program has no mutants in it, and a process of its own would not know which is on. */
const needsProcess = (file) =>
  /\bspawn(Sync)?\(|offloadcageProcess\(|\bdist\b/.test(readFileSync(file));

/** Stryker sets threads, in which a command could not change its working directory. */
const inProcesses = {
  name: 'in-processes',
  configureVitest({ project }) {
    project.config.pool = 'forks';
  },
};

/**
 * The tests that `npm run mutate` runs. The model comes in modules, not in one piece, so that it is
 * known which tests have to do with which file.
 */
export default defineConfig({
  plugins: [inProcesses],
  test: {
    include: places
      .flatMap(filesAt)
      .filter((file) => file.endsWith('.test.ts') && !needsProcess(file)),
    // All mutants are in the same file, so they would have each other's runs.
    env: { OFFLOADCAGE_CACHE: 'off' },
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});
