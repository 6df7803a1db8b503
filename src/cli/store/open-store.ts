import { resolve } from 'node:path';
import { InputError } from '../../base/input-error.js';
import { RunStore } from '../../run/store/run-store.js';
import { parseSize } from './sizes.js';

/** Folder of the store, if not the platform's for caches; or `off`. */
const FOLDER = 'OFFLOADCAGE_CACHE';
const OFF = 'off';
const LIMIT = 'OFFLOADCAGE_CACHE_LIMIT';
const DEFAULT_LIMIT = '1GB';

/** Where the store is, and how large it may become. */
export interface StorePlace {
  readonly folder: string;
  readonly limitBytes: number;
}

/**
 * Opens the store that the environment asks for; null if it asks for none.
 * @param cacheDir the program's folder for caches by the platform's convention
 * @throws InputError for a wrong limit
 */
export function openStore(cacheDir: string, say: (line: string) => void): RunStore | null {
  if (process.env[FOLDER] === OFF) return null;
  return new RunStore({ ...storePlace(cacheDir), say });
}

/** @throws InputError for a wrong limit, or if there is no store */
export function storePlace(cacheDir: string): StorePlace {
  const folder = process.env[FOLDER] || cacheDir;
  if (folder === OFF) throw new InputError(`${FOLDER}: got ${OFF}; allowed: a folder`);
  const limitBytes = parseSize(LIMIT, process.env[LIMIT] || DEFAULT_LIMIT);
  return { folder: resolve(folder), limitBytes };
}
