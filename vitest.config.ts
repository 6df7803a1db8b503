import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { bundledModel } from './test/bundled-model.js';

/** What `.ci/run` counts; see there. */
const report = process.env.TEST_REPORT;

export default defineConfig({
  plugins: [bundledModel],
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/shared-store.ts',
    disableConsoleIntercept: true,
    // By default it leaves a processor for what watches; that would be half of a small machine.
    maxWorkers: availableParallelism(),
    // Nothing is said about time: these only end what hangs.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
  },
});
