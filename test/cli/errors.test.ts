import { Errors } from '@oclif/core';
import { describe, expect, test } from 'vitest';
import { describeError } from '../../src/cli/errors.js';
import { Interrupted } from '../../src/cli/interruption.js';

describe('describeError', () => {
  test('takes the exit code that an error of ours declares', () => {
    const error = Object.assign(new Error('no such variant'), { exitCode: 2 });
    expect(describeError(error)).toEqual({ message: 'no such variant', exitCode: 2 });
  });

  test('takes the exit code of the framework and puts its message into one line', () => {
    const error = new Errors.CLIError('Too\n\tsmall\nSee more help with --help', { exit: 2 });
    expect(describeError(error)).toEqual({ message: 'Too small (see --help)', exitCode: 2 });
  });

  test('puts what the parser of the framework says into the form of our own messages', () => {
    const text =
      'Parsing --seeds \n\tExpected an integer greater than or equal to 1 but received: 0' +
      '\nSee more help with --help';
    const message = '--seeds: got 0; allowed: a whole number, at least 1';
    const error = new Errors.CLIError(text, { exit: 2 });
    expect(describeError(error)).toEqual({ message, exitCode: 2 });
  });

  test('shows an error of the operating system as it is, with exit code 1', () => {
    const error = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    const message = 'ENOSPC: no space left on device';
    expect(describeError(error)).toEqual({ message, exitCode: 1 });
  });

  test('marks what nobody expected as a defect', () => {
    const { message, exitCode } = describeError(new TypeError('x is undefined'));
    expect(message).toMatch(/^internal error: x is undefined/);
    expect(exitCode).toBe(1);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends with 128 + the number of %s', (signal, exitCode) => {
    const message = 'interrupted: nothing was written';
    const error = new Interrupted(signal, 'nothing was written');
    expect(describeError(error)).toEqual({ message, exitCode });
  });
});
