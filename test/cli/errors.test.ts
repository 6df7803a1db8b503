import { Errors } from '@oclif/core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { describeError, reportError } from '../../src/cli/errors.js';
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

describe('reportError', () => {
  const { exitCode } = process;

  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    process.exitCode = exitCode;
  });

  /** What it says, and the exit code that it leaves. */
  function reported(error: unknown) {
    let said = '';
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      said += text;
      return true;
    });
    reportError(error);
    return [process.exitCode, said];
  }

  test('says nothing of an exit that the framework asks for', () => {
    expect(reported(new Errors.ExitError(3))).toEqual([3, '']);
  });

  test.each([
    [10, []],
    [12, ['offloadcage: and 2 more']],
  ])('says ten of %i faults, and how many more there are', (count, more) => {
    const messages = Array.from({ length: count }, (_, i) => `x.yaml:${i + 1}: wrong`);
    const error = Object.assign(new Error('x.yaml: wrong'), { exitCode: 2, messages });
    const lines = messages.slice(0, 10).map((one) => `offloadcage: ${one}`);
    expect(reported(error)).toEqual([2, [...lines, ...more, ''].join('\n')]);
  });

  test.each([
    ['', 1],
    ['1', 2],
  ])('shows the stack of an error if DEBUG is "%s"', (debug, parts) => {
    vi.stubEnv('DEBUG', debug);
    const error = Object.assign(new Error('no such variant'), { exitCode: 2, stack: 'STACK' });
    const said = ['offloadcage: no such variant\n', 'STACK\n'].slice(0, parts).join('');
    expect(reported(error)).toEqual([2, said]);
  });
});
