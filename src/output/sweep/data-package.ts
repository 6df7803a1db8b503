import type { Sweep } from '../../sweep/sweep.js';
import { sweepColumns } from './columns.js';
import { isText, MEDIA_TYPES, type TableOptions } from './table-file.js';

/** What a data package says of a sweep's table. */
export interface SweepResource {
  readonly name: string;
  /** The file beside the data package. */
  readonly path: string;
  readonly offloadcage: TableOptions & {
    readonly experiment: string;
    readonly version: string;
    readonly sweep_hash: string;
    readonly seeds: readonly number[];
    readonly variants: readonly string[];
  };
}

/** @param path of the table, beside the data package */
export function sweepResource(sweep: Sweep, path: string, options: TableOptions): SweepResource {
  const { format } = options;
  const resource = {
    name: nameOf(path),
    type: 'table',
    path,
    format,
    mediatype: MEDIA_TYPES[format],
    ...(isText(format) ? { encoding: 'utf-8' } : {}),
    ...(format === 'xlsx' ? { dialect: { sheetName: 'sweep' } } : {}),
    offloadcage: origin(sweep, options),
    schema: { fields: sweepColumns(sweep, options), missingValues: [''] },
  };
  return resource;
}

/** @param path of the charts of a table that was made with these options */
export function chartResource(sweep: Sweep, path: string, options: TableOptions): SweepResource {
  const resource = {
    name: nameOf(path),
    title: `Charts of ${sweep.chart.join(', ')}`,
    path,
    format: 'svg',
    mediatype: 'image/svg+xml',
    encoding: 'utf-8',
    offloadcage: origin(sweep, options),
  };
  return resource;
}

function nameOf(path: string): string {
  return path.toLowerCase().replace(/[^a-z0-9._-]+/g, '-');
}

function origin(sweep: Sweep, options: TableOptions): SweepResource['offloadcage'] {
  const { experiment, version, hash, seeds, variants } = sweep;
  return { experiment, version, sweep_hash: hash, ...options, seeds, variants };
}

/** The data package of the tables of sweeps that lie in one folder. */
export function sweepPackage(resources: readonly SweepResource[]): string {
  const descriptor = {
    $schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
    name: 'offloadcage-sweeps',
    resources: resources.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  };
  return `${JSON.stringify(descriptor, null, 2)}\n`;
}
