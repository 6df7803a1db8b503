import { InputError } from '../experiments/input-error.js';
import { inGridOrder } from './execute.js';
import { readJournal } from './journal.js';
import { runCount, type Sweep, type SweepRow } from './sweep.js';

/** A whole sweep, joined from parts. */
export interface Merged {
  readonly sweep: Sweep;
  readonly rows: AsyncIterable<SweepRow>;
}

/**
 * Joins the parts of a sweep.
 * @throws InputError if they are of different sweeps, or a run is there twice or not at all
 */
export async function mergeParts(paths: readonly string[]): Promise<Merged> {
  const [first = ''] = paths;
  const { sweep, shard } = (await readJournal(first)).header;
  const owner = new Int32Array(runCount(sweep)).fill(-1);
  const shards = [];
  for (const [at, path] of paths.entries()) {
    const { header, rows } = await readJournal(path);
    if (header.sweep.hash !== sweep.hash || header.shard.of !== shard.of) {
      throw new InputError(`${path}: got a part of another sweep than ${first}; allowed: the same`);
    }
    shards.push({ path, shard: header.shard });
    for await (const { run } of rows) {
      const other = owner[run] ?? -1;
      if (other >= 0) {
        const got = `${path}: got run ${run}, which is in ${paths[other]}, too`;
        throw new InputError(`${got}; allowed: each run once`);
      }
      owner[run] = at;
    }
  }
  const gap = owner.indexOf(-1);
  if (gap >= 0) {
    const lacks = `got no run ${gap} of ${owner.length} (part ${(gap % shard.of) + 1}/${shard.of})`;
    throw new InputError(`sweep merge: ${lacks}; allowed: all parts, finished`);
  }
  shards.sort((a, b) => a.shard.part - b.shard.part);
  return { sweep, rows: interleave(shards) };
}

/** The parts take turns, as every n-th run is in the same part. */
async function* interleave(
  shards: readonly { path: string; shard: { part: number; of: number } }[],
): AsyncGenerator<SweepRow> {
  const sources = [];
  for (const { path, shard } of shards) {
    const { rows } = await readJournal(path);
    sources.push(inGridOrder(rows, shard));
  }
  for (;;) {
    for (const source of sources) {
      const { value, done } = await source.next();
      if (done || value === undefined) return;
      yield value;
    }
  }
}
