import { describe, expect, test } from 'vitest';
import { interruptible } from '../../src/cli/interruption.js';

/** Delivers the signal to the handlers, as the system would. */
const send = (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') => process.emit(signal, signal);

describe('interruptible', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('aborts the work on %s with exit code %i', async (name, exitCode) => {
    const work = interruptible(async (signal) => {
      send(name);
      signal.throwIfAborted();
    });
    await expect(work).rejects.toMatchObject({ exitCode });
  });

  test('aborts the work if the reader of stdout has gone', async () => {
    const work = interruptible(async (signal) => {
      process.stdout.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
      signal.throwIfAborted();
    });
    await expect(work).rejects.toMatchObject({
      exitCode: 1,
      message: 'stdout: its reader has closed it before the end',
    });
  });

  test('does not take another failure of stdout for a reader that has gone', async () => {
    const full = Object.assign(new Error('write ENOSPC'), { code: 'ENOSPC' });
    // Stands in for the stream, whose own listener ends the process.
    const listeners = process.stdout.listeners('error');
    const work = interruptible(async (signal) => {
      const ours = process.stdout.listeners('error').find((one) => !listeners.includes(one));
      ours?.call(process.stdout, full);
      signal.throwIfAborted();
    });
    await expect(work).rejects.toBe(full);
  });

  test('lets work finish that no longer looks at the signal', async () => {
    const work = interruptible(async () => {
      send('SIGINT');
      return 'written';
    });
    await expect(work).resolves.toBe('written');
  });

  test('leaves no handler behind', async () => {
    const before = process.listenerCount('SIGINT');
    await interruptible(async () => expect(process.listenerCount('SIGINT')).toBe(before + 1));
    await expect(interruptible(() => Promise.reject(new Error('failed')))).rejects.toThrow(
      'failed',
    );
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});
