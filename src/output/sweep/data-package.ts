import type { RecordedSweep } from '../../sweep/part-file.js';
import { packageJson } from '../folder/datapackage.js';
import { sweepColumns } from './sweep-columns.js';
import { isText, MEDIA_TYPES, type TableOptions } from './table-file.js';

/** What a data package says of a sweep's table. */
export interface SweepResource {
  readonly name: string;
  /** The file beside the data package. */
  readonly path: string;
  readonly offloadcage: TableOptions & {
    readonly experiment: string;
    readonly version: string;
    /** The command line that may replace the file. */
    readonly written_by: string;
    readonly sweep_hash: string;
    readonly seeds: readonly number[];
    readonly variants: readonly string[];
  };
}

/** @param path of the table, beside the data package */
export function sweepResource(
  recorded: RecordedSweep,
  path: string,
  options: TableOptions,
): SweepResource {
  const { format } = options;
  const resource = {
    name: nameOf(path),
    type: 'table',
    path,
    format,
    mediatype: MEDIA_TYPES[format],
    ...(isText(format) ? { encoding: 'utf-8' } : {}),
    ...(format === 'xlsx' ? { dialect: { sheetName: 'sweep' } } : {}),
    offloadcage: origin(recorded, options),
    schema: { fields: sweepColumns(recorded.sweep, options), missingValues: [''] },
  };
  return resource;
}

/** @param path of the charts of a table that was made with these options */
export function chartResource(
  recorded: RecordedSweep,
  path: string,
  options: TableOptions,
): SweepResource {
  const resource = {
    name: nameOf(path),
    title: `Charts of ${recorded.sweep.chart.join(', ')}`,
    path,
    format: 'svg',
    mediatype: 'image/svg+xml',
    encoding: 'utf-8',
    offloadcage: origin(recorded, options),
  };
  return resource;
}

/**
 * Whether a data package may list a file of that name: no hidden file, no home, no backslash, which
 * some systems take for a slash, no address, and one line.
 */
export function isPackagePath(name: string): boolean {
  return /^(?![.~]|file:)[^/\\\p{Cc}\u2028\u2029]+$/u.test(name);
}

/** The same name twice gets a number: file systems tell more names apart than a data package. */
function withNames(resources: readonly SweepResource[]): SweepResource[] {
  const taken = new Set<string>();
  return resources.map((resource) => {
    const plain = nameOf(resource.path);
    let name = plain;
    for (let n = 2; taken.has(name); n++) name = `${plain}-${n}`;
    taken.add(name);
    return { ...resource, name };
  });
}

function nameOf(path: string): string {
  return path.toLowerCase().replace(/[^a-z0-9._-]+/g, '-');
}

function origin(
  { sweep, written_by }: RecordedSweep,
  options: TableOptions,
): SweepResource['offloadcage'] {
  const { experiment, version, hash, seeds, variants } = sweep;
  return {
    experiment,
    version,
    written_by,
    sweep_hash: hash,
    ...options,
    seeds,
    variants,
  };
}

/** The data package of the tables of sweeps that lie in one folder. */
export function sweepPackage(resources: readonly SweepResource[]): string {
  return packageJson({
    name: 'offloadcage-sweeps',
    resources: withNames(resources.toSorted((a, b) => (a.path < b.path ? -1 : 1))),
  });
}
