#!/usr/bin/env node
// Loads oclif by require: importing it makes Node parse every CommonJS file for its export names,
// which adds about a tenth to the time of `--help`.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { run } = require('@oclif/core/run');

try {
  await run(process.argv.slice(2), import.meta.url);
} catch (error) {
  const { reportError } = await import('../dist/cli/errors.js');
  reportError(error);
}
