import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../../base/input-error.js';
import { outputErrorOf } from '../../output/folder/output-error.js';
import { checkWritable } from '../../output/folder/replace-files.js';
import { isStream, writePieces } from '../../output/folder/write-pieces.js';
import { ChartCollector } from '../../output/sweep/chart-data.js';
import { sweepResource } from '../../output/sweep/data-package.js';
import { type Means, MeansCollector } from '../../output/sweep/means.js';
import { sweepTable, type TableOptions } from '../../output/sweep/table-file.js';
import { executeSweep, inGridOrder } from '../../sweep/execute.js';
import {
  checkJournal,
  type Header,
  headerOf,
  Journal,
  type RecordedSweep,
  readJournal,
  type Shard,
} from '../../sweep/journal.js';
import { checkFree, lock } from '../../sweep/lock.js';
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
  readonly resume: boolean;
  /** Replaces whatever is there. */
  readonly force: boolean;
  readonly jobs: number;
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
  const { out, shard, writtenBy, resume, force } = options;
  const isPipe = isStream(out);
  const base = isPipe ? join(tmpdir(), `offloadcage-sweep-${process.pid}`) : out;
  const path = `${base}.journal`;
  let hasBegun = false;
  try {
    mkdirSync(dirname(base), { recursive: true });
    const unlock = lock(`${base}.lock`);
    try {
      const header = headerOf({ sweep: plan.sweep, written_by: writtenBy }, shard);
      const isFinished = await checkReplaced(header, options);
      if (isFinished && resume && !existsSync(path)) return null;
      if (force) rmSync(path, { force: true });
      const journal = await openJournal(path, header);
      hasBegun = !isPipe;
      try {
        await executeSweep(plan, journal, { ...options, signal });
      } finally {
        journal.close();
      }
      const written = await finish(header, path, options);
      rmSync(path);
      return written;
    } finally {
      if (isPipe) rmSync(path, { force: true });
      unlock();
    }
  } catch (error) {
    const said = outputErrorOf(error, out, ALLOWED);
    if (hasBegun && said instanceof Error && existsSync(path)) {
      const what = error instanceof Interrupted ? 'interrupted' : said.message;
      said.message = `${what}; ${path} keeps the finished runs: --resume goes on`;
    }
    throw said;
  }
}

/** Where a run would write, and what it may replace. */
export type SweepPlace = Omit<SweepOutput, 'jobs' | 'onProgress'>;

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
  const { out, table, shard, resume, force } = place;
  if (isStream(out)) return false;
  if (force) return false;
  const isFinished = shard.of > 1 ? await checkPart(out, header) : checkTable(out, header, table);
  const journal = `${out}.journal`;
  if (statSync(journal, { throwIfNoEntry: false }) !== undefined) {
    if (!resume) {
      throw new InputError(`${journal}: got an unfinished sweep; allowed: --resume, or --force`);
    }
    await checkJournal(journal, header);
  }
  return isFinished;
}

async function openJournal(path: string, header: Header) {
  return existsSync(path) ? Journal.resume(path, header) : Journal.create(path, header);
}

async function finish(header: Header, path: string, { out, table }: SweepOutput): Promise<Written> {
  const { shard } = header;
  const { rows } = await readJournal(path);
  const ordered = inGridOrder(rows, shard);
  if (shard.of === 1) return writeTable(header, ordered, out, table);
  await writePieces(out, partLines(header, ordered));
  return { files: [out], charts: null, means: null };
}

async function* partLines(header: Header, rows: AsyncIterable<SweepRow>) {
  yield `${JSON.stringify(header)}\n`;
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
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
    if (isStream(out)) {
      await writePieces(out, sweepTable(sweep, rows, table));
      return { files: [out], charts: null, means: null };
    }
    const means = new MeansCollector(sweep);
    await writePieces(out, sweepTable(sweep, means.watch(charts.watch(rows)), table));
    const drawn = await writeCharts(charts, recorded, out, table);
    const data = await describe(out, sweepResource(recorded, basename(out), table));
    return { files: [out, ...drawn, data], charts, means };
  } catch (error) {
    throw outputErrorOf(error, out, ALLOWED);
  }
}
