import { statSync } from 'node:fs';
import { InputError } from '../base/input-error.js';
import { type Difference, differenceOf, readPart, type Shard } from './part-file.js';
import { RunSet } from './run-set.js';
import { runCount, type Sweep, type SweepRow } from './sweep.js';

interface Part {
  readonly path: string;
  readonly shard: Shard;
}

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
  const missing = paths.find((path) => !statSync(path, { throwIfNoEntry: false })?.isFile());
  if (missing !== undefined) {
    throw new InputError(`${missing}: no such file; allowed: a part of a sweep`);
  }
  const { header: expected } = await readPart(first);
  const { sweep, shard } = expected;
  const runs = runCount(sweep);
  const shards: Part[] = [];
  for (const path of paths) {
    const { header, rows } = await readPart(path);
    const difference = differenceOf(
      { ...expected, shard: { ...shard, part: header.shard.part } },
      header,
    );
    if (difference !== null) refuseMixture(path, difference, first);
    const other = shards.find((one) => one.shard.part === header.shard.part);
    if (other !== undefined) refuseTwice(path, `part ${nameOf(header.shard)}`, other.path);
    shards.push({ path, shard: header.shard });
    const found = new RunSet(header.shard);
    for await (const { run } of rows) {
      if (!found.add(run)) refuseTwice(path, `run ${run}`, path);
    }
    if (found.firstGap < runs) refuseGap(found.firstGap, runs, header.shard);
  }
  for (let part = 1; part <= shard.of; part++) {
    if (shards.some((one) => one.shard.part === part)) continue;
    if (part <= runs) refuseGap(part - 1, runs, { part, of: shard.of });
  }
  shards.sort((a, b) => a.shard.part - b.shard.part);
  return { sweep, rows: interleave(shards) };
}

function refuseMixture(path: string, { what, was, is }: Difference, first: string): never {
  const got = `${path}: got a part of another sweep than ${first}: ${what} ${is}`;
  throw new InputError(`${got}; allowed: ${was}`);
}

function refuseTwice(path: string, what: string, other: string): never {
  const got = `${path}: got ${what}, which is in ${other}, too`;
  throw new InputError(`${got}; allowed: each run once`);
}

function refuseGap(run: number, runs: number, shard: Shard): never {
  const got = `got no run ${run} of ${runs} (part ${nameOf(shard)})`;
  throw new InputError(`sweep merge: ${got}; allowed: all parts, finished`);
}

function nameOf({ part, of }: Shard): string {
  return `${part}/${of}`;
}

/** The parts take turns, as every n-th run is in the same part. */
async function* interleave(shards: readonly Part[]): AsyncGenerator<SweepRow> {
  const sources = [];
  for (const { path, shard } of shards) {
    const { rows } = await readPart(path);
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

/** Rows in grid order, from rows that are nearly so. */
async function* inGridOrder(rows: AsyncIterable<SweepRow>, { part, of }: Shard) {
  const waiting = new Map<number, SweepRow>();
  let next = part - 1;
  for await (const row of rows) {
    waiting.set(row.run, row);
    for (let found = waiting.get(next); found !== undefined; found = waiting.get(next)) {
      yield found;
      waiting.delete(next);
      next += of;
    }
  }
}
