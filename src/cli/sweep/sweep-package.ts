import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DESCRIPTOR } from '../../output/folder/descriptor.js';
import { recordIn } from '../../output/folder/record.js';
import { type SweepResource, sweepPackage } from '../../output/sweep/data-package.js';
import { writeAnew } from '../output/new-file.js';
import { refuseToReplace } from '../output/replaceable.js';

/** What the data package beside a sweep's table says of it; null if it says nothing. */
export function resourceOf(out: string): SweepResource | null {
  return resourcesIn(dirname(out))?.find(({ path }) => path === basename(out)) ?? null;
}

/**
 * Refuses to replace a data package that is not one of sweeps.
 * @throws InputError
 */
export function checkPackage(folder: string): void {
  if (resourcesIn(folder) !== null) return;
  const path = join(folder, DESCRIPTOR);
  refuseToReplace(path, recordIn(path), 'a data package');
}

/**
 * Writes or renews what the data package says of a table; what is gone is taken off, and a data
 * package of other data is replaced.
 * @returns the path of the data package
 */
export async function describe(out: string, resource: SweepResource): Promise<string> {
  const folder = dirname(out);
  const others = (resourcesIn(folder) ?? []).filter(
    ({ path }) => path !== resource.path && existsSync(join(folder, path)),
  );
  await writeAnew(folder, DESCRIPTOR, sweepPackage([...others, resource]));
  return join(folder, DESCRIPTOR);
}

/** Null if the data package there is not one of sweeps. */
function resourcesIn(folder: string): SweepResource[] | null {
  const path = join(folder, DESCRIPTOR);
  if (!existsSync(path)) return [];
  try {
    const { resources } = JSON.parse(readFileSync(path, 'utf8')) as { resources?: SweepResource[] };
    return resources?.every(({ offloadcage }) => offloadcage.sweep_hash) ? resources : null;
  } catch {
    return null;
  }
}
