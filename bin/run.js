#!/usr/bin/env node
// Loads oclif by require: importing it makes Node parse every CommonJS file for its export names,
// which adds about a tenth to the time of `--help`.
import { createRequire } from 'node:module';
import { format } from 'node:util';
import { print } from '../dist/output/stdout.js';

const require = createRequire(import.meta.url);
const { run } = require('@oclif/core/run');
const { ux } = require('@oclif/core/ux');

// All that oclif prints, too: its own way loses what a full disk does not take.
ux.stdout = (text = '', ...more) => print(`${format(...[text].flat(), ...more)}\n`);

try {
  await run(process.argv.slice(2), import.meta.url);
} catch (error) {
  const { reportError } = await import('../dist/cli/errors.js');
  reportError(error);
}
