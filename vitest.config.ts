import { defineConfig } from 'vitest/config';
import { bundledModel } from './test/bundled-model.js';

/** What `.ci/run` counts; see there. */
const report = process.env.TEST_REPORT;

export default defineConfig({
  plugins: [bundledModel],
  test: {
    include: ['test/**/*.test.ts'],
    disableConsoleIntercept: true,
    // Nothing is said about time: these only end what hangs.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
  },
});
