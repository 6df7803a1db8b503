import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { outputErrorOf } from '../../output/folder/output-error.js';
import { checkWritable } from '../../output/folder/replace-files.js';
import { isStream, removeUnfinished, writePieces } from '../../output/folder/write-pieces.js';
import { ChartCollector } from '../../output/sweep/chart-data.js';
import { sweepResource } from '../../output/sweep/data-package.js';
import { type Means, MeansCollector } from '../../output/sweep/means.js';
import { sweepTable, type TableOptions } from '../../output/sweep/table-file.js';
import type { RunStore } from '../../run/store/run-store.js';
import { sweepRows } from '../../sweep/execute.js';
import { checkFree, lock } from '../../sweep/lock.js';
import {
  type Header,
  headerOf,
  partLines,
  type RecordedSweep,
  type Shard,
} from '../../sweep/part-file.js';
import type { SweepPlan } from '../../sweep/plan.js';
import type { SweepRow } from '../../sweep/sweep.js';
import { Interrupted } from '../interruption.js';
import { writeCharts } from './sweep-chart.js';
import { checkPart, checkTable } from './sweep-output-check.js';
import { describe } from './sweep-package.js';

export interface SweepOutput {
  /** A file, or `-` for stdout. */
  readonly out: string;
  readonly table: TableOptions;
  readonly shard: Shard;
  /** The command line that the output records. */
  readonly writtenBy: string;
  /** Leaves alone what is finished. */
  readonly resume: boolean;
  /** Replaces whatever is there. */
  readonly force: boolean;
  readonly jobs: number;
  readonly store: RunStore | null;
  readonly onProgress: (done: number, total: number) => void;
}

const ALLOWED = 'a file that can be written (see --out)';

/** What was written; a part of a sweep has neither charts nor means. */
export interface Written {
  readonly files: readonly string[];
  readonly charts: ChartCollector | null;
  readonly means: Means | null;
}

/**
 * Runs a sweep into its output: the table, or a part for `sweep merge` if there are shards.
 * @returns null if it was there already and is not asked for anew
 */
export async function runSweep(
  plan: SweepPlan,
  options: SweepOutput,
  signal: AbortSignal,
): Promise<Written | null> {
  const { out, table, shard, writtenBy, resume, store } = options;
  const header = headerOf({ sweep: plan.sweep, written_by: writtenBy }, shard);
  const rows = () => sweepRows(plan, { ...options, signal });
  try {
    if (isStream(out)) return await writeTable(header, rows(), out, table);
    await mkdir(dirname(out), { recursive: true });
    const unlock = lock(`${out}.lock`);
    try {
      const isFinished = await checkReplaced(header, options);
      if (isFinished && resume) return null;
      await removeUnfinished(out);
      if (shard.of === 1) return await writeTable(header, rows(), out, table);
      await writePieces(out, partLines(header, rows()));
      return { files: [out], charts: null, means: null };
    } finally {
      unlock();
    }
  } catch (error) {
    if (error instanceof Interrupted && store?.keeps) {
      error.message += '; the store keeps the finished runs: the same command goes on';
    }
    throw outputErrorOf(error, out, ALLOWED);
  }
}

/** Where a run would write, and what it may replace. */
export type SweepPlace = Omit<SweepOutput, 'jobs' | 'store' | 'onProgress'>;

/**
 * Refuses, before anything runs, what `runSweep` would refuse; writes nothing.
 * @throws InputError or OutputError
 */
export async function checkSweepOutput({ sweep }: SweepPlan, place: SweepPlace): Promise<void> {
  const { out, shard, writtenBy } = place;
  if (isStream(out)) return;
  try {
    await checkWritable(dirname(out));
    checkFree(`${out}.lock`);
    await checkReplaced(headerOf({ sweep, written_by: writtenBy }, shard), place);
  } catch (error) {
    throw outputErrorOf(error, out, ALLOWED);
  }
}

/**
 * Refuses what must not be replaced, and does not ask whether the place can be written.
 * @throws InputError
 */
export async function checkMayReplace({ sweep }: SweepPlan, place: SweepPlace): Promise<void> {
  await checkReplaced(headerOf({ sweep, written_by: place.writtenBy }, place.shard), place);
}

/** @returns whether all is there already, in this shape */
async function checkReplaced(header: Header, place: SweepPlace): Promise<boolean> {
  const { out, table, shard, force } = place;
  if (isStream(out) || force) return false;
  return shard.of > 1 ? checkPart(out, header) : checkTable(out, header, table);
}

/** What cannot be taken back is written when it is complete. */
async function writeStream(
  { sweep }: RecordedSweep,
  rows: AsyncIterable<SweepRow>,
  out: string,
  table: TableOptions,
): Promise<Written> {
  const folder = await mkdtemp(join(tmpdir(), 'offloadcage-sweep-'));
  try {
    const complete = join(folder, 'table');
    await writePieces(complete, sweepTable(sweep, rows, table));
    await writePieces(out, createReadStream(complete));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return { files: [out], charts: null, means: null };
}

/** Writes a sweep's table, and its charts and data package beside it unless it goes to stdout. */
export async function writeTable(
  recorded: RecordedSweep,
  rows: AsyncIterable<SweepRow>,
  out: string,
  table: TableOptions,
): Promise<Written> {
  const { sweep } = recorded;
  const charts = new ChartCollector(sweep);
  try {
    if (isStream(out)) return await writeStream(recorded, rows, out, table);
    const means = new MeansCollector(sweep);
    await writePieces(out, sweepTable(sweep, means.watch(charts.watch(rows)), table));
    const drawn = await writeCharts(charts, recorded, out, table);
    const data = await describe(out, sweepResource(recorded, basename(out), table));
    return { files: [out, ...drawn, data], charts, means };
  } catch (error) {
    throw outputErrorOf(error, out, ALLOWED);
  }
}
