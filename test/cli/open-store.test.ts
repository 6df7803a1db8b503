/** Where the environment puts the store of runs. */
import { resolve } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { openStore, storePlace } from '../../src/cli/store/open-store.js';

afterEach(() => vi.unstubAllEnvs());

const place = (folder: string | undefined, limit?: string) => {
  vi.stubEnv('OFFLOADCAGE_CACHE', folder);
  vi.stubEnv('OFFLOADCAGE_CACHE_LIMIT', limit);
  return storePlace('/caches/offloadcage');
};

test('an empty variable says as little as none', () => {
  const byDefault = { folder: resolve('/caches/offloadcage'), limitBytes: 1e9 };
  expect(place(undefined)).toEqual(byDefault);
  expect(place('', '')).toEqual(byDefault);
});

test('a folder counts from where the command began', () => {
  expect(place('here', '2 MB')).toEqual({ folder: resolve('here'), limitBytes: 2e6 });
});

test('off is no folder, and no error where runs can do without', () => {
  expect(() => place('off')).toThrow('OFFLOADCAGE_CACHE: got off; allowed: a folder');
  expect(openStore('/caches/offloadcage', () => {})).toBeNull();
});
