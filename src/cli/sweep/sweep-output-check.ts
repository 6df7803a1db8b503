import { dirname } from 'node:path';
import type { SweepResource } from '../../output/sweep/data-package.js';
import type { TableOptions } from '../../output/sweep/table-file.js';
import { differenceOf, type Header, type RecordedSweep, readPart } from '../../sweep/part-file.js';
import { covers, hasContent, refuseToReplace } from '../output/replaceable.js';
import { chartPath } from './sweep-chart.js';
import { checkPackage, resourceOf } from './sweep-package.js';

/**
 * Refuses to replace what neither this sweep nor this command line has written.
 * @returns whether the part is there already, finished
 * @throws InputError
 */
export async function checkPart(out: string, header: Header): Promise<boolean> {
  if (!hasContent(out)) return false;
  const { header: found } = await readPart(out);
  if (differenceOf(found, header) === null) return true;
  const { shard, written_by: theirs } = found;
  const isSamePart = shard.part === header.shard.part && shard.of === header.shard.of;
  if (!isSamePart) refuseToReplace(out, null, `part ${shard.part}/${shard.of} of a sweep`);
  if (theirs !== header.written_by) refuseToReplace(out, theirs ?? null, 'a part of a sweep');
  return false;
}

/**
 * The same for a table and its charts, of which the data package beside them tells. A data package
 * of other data is refused, too.
 */
export function checkTable(out: string, recorded: RecordedSweep, table: TableOptions): boolean {
  checkPackage(dirname(out));
  const described = checkDescribed(out, recorded);
  checkDescribed(chartPath(out), recorded);
  if (described === null) return false;
  const { sweep_hash, shape, format, aggregate } = described.offloadcage;
  return (
    sweep_hash === recorded.sweep.hash &&
    shape === table.shape &&
    format === table.format &&
    aggregate === table.aggregate
  );
}

/** What the data package says of a file that may be replaced; null if there is none. */
function checkDescribed(path: string, recorded: RecordedSweep): SweepResource | null {
  if (!hasContent(path)) return null;
  const described = resourceOf(path);
  if (described === null) return refuseToReplace(path, null, 'a file');
  const { written_by: theirs, sweep_hash: hash } = described.offloadcage;
  const isSame = theirs !== undefined && covers(recorded.written_by, theirs);
  if (!isSame && hash !== recorded.sweep.hash) {
    refuseToReplace(path, theirs ?? null, 'a file');
  }
  return described;
}
