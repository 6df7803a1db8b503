import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../experiments/input-error.js';
import { DESCRIPTOR } from '../output/descriptor.js';
import { type SweepResource, sweepPackage } from '../output/sweep/data-package.js';
import { writeAnew } from './new-file.js';

/**
 * What the data package beside a sweep's table says of it; null if it says nothing.
 * @throws InputError if the data package there is not one of sweeps
 */
export function resourceOf(out: string): SweepResource | null {
  return resourcesIn(dirname(out)).find(({ path }) => path === basename(out)) ?? null;
}

/**
 * Writes or renews what the data package says of a table; what is gone is taken off.
 * @returns the path of the data package
 */
export async function describe(out: string, resource: SweepResource): Promise<string> {
  const folder = dirname(out);
  const others = resourcesIn(folder).filter(
    ({ path }) => path !== resource.path && existsSync(join(folder, path)),
  );
  await writeAnew(folder, DESCRIPTOR, sweepPackage([...others, resource]));
  return join(folder, DESCRIPTOR);
}

function resourcesIn(folder: string): SweepResource[] {
  const path = join(folder, DESCRIPTOR);
  if (!existsSync(path)) return [];
  try {
    const { resources } = JSON.parse(readFileSync(path, 'utf8')) as { resources?: SweepResource[] };
    if (resources?.every(({ offloadcage }) => offloadcage.sweep_hash)) return resources;
  } catch {
    // Said below.
  }
  throw new InputError(`${path}: got a data package of other data; allowed: another folder`);
}
