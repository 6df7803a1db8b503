import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../experiments/input-error.js';
import { outputErrorOf } from '../output/output-error.js';
import { sweepPackage, sweepTable, type TableOptions } from '../output/sweep/table.js';
import { executeSweep, inGridOrder } from '../sweep/execute.js';
import { Journal, readJournal, type Shard } from '../sweep/journal.js';
import { lock } from '../sweep/lock.js';
import type { SweepPlan } from '../sweep/plan.js';
import type { Sweep, SweepRow } from '../sweep/sweep.js';
import { Interrupted } from './interruption.js';

export interface SweepOutput {
  /** A file, or `-` for stdout. */
  readonly out: string;
  readonly table: TableOptions;
  readonly shard: Shard;
  readonly resume: boolean;
  readonly jobs: number;
  readonly onProgress: (done: number, total: number) => void;
}

const ALLOWED = 'a file that can be written (see --out)';

/** Runs a sweep into its output: the table, or a part for `sweep merge` if there are shards. */
export async function runSweep(
  plan: SweepPlan,
  options: SweepOutput,
  signal: AbortSignal,
): Promise<void> {
  const { out, shard, resume } = options;
  const isPipe = out === '-';
  const base = isPipe ? join(tmpdir(), `offloadcage-sweep-${process.pid}`) : out;
  const path = `${base}.journal`;
  try {
    mkdirSync(dirname(base), { recursive: true });
    const unlock = lock(`${base}.lock`);
    try {
      if (!isPipe) checkFolder(out);
      const journal = await openJournal(path, plan.sweep, shard, resume);
      try {
        await executeSweep(plan, journal, { ...options, signal });
      } finally {
        journal.close();
      }
      await finish(plan.sweep, path, options);
      rmSync(path);
    } finally {
      if (isPipe) rmSync(path, { force: true });
      unlock();
    }
  } catch (error) {
    if (error instanceof Interrupted && !isPipe) {
      error.message = `interrupted: ${path} keeps the finished runs; --resume goes on`;
    }
    throw outputErrorOf(error, out, ALLOWED);
  }
}

/** A data package tells of one table: sweeps share no folder. */
function checkFolder(out: string): void {
  const path = join(dirname(out), 'datapackage.json');
  if (!existsSync(path)) return;
  const own = readFileSync(path, 'utf8').includes(`"path": ${JSON.stringify(basename(out))}`);
  if (own) return;
  throw new InputError(`${path}: got another table's; allowed: a folder of its own for ${out}`);
}

async function openJournal(path: string, sweep: Sweep, shard: Shard, resume: boolean) {
  if (!existsSync(path)) return Journal.create(path, sweep, shard);
  if (resume) return Journal.resume(path, sweep, shard);
  throw new InputError(`${path}: got an unfinished sweep; allowed: --resume, or remove it`);
}

async function finish(sweep: Sweep, path: string, { out, table, shard }: SweepOutput) {
  const { rows } = await readJournal(path);
  const ordered = inGridOrder(rows, shard);
  if (shard.of === 1) return writeTable(sweep, ordered, out, table);
  await writeText(out, partLines(sweep, ordered, shard));
}

async function* partLines(sweep: Sweep, rows: AsyncIterable<SweepRow>, shard: Shard) {
  yield `${JSON.stringify({ offloadcage_sweep: 1, shard, sweep })}\n`;
  for await (const row of rows) yield `${JSON.stringify(row)}\n`;
}

/** Writes a sweep's table, and its data package beside it unless it goes to stdout. */
export async function writeTable(
  sweep: Sweep,
  rows: AsyncIterable<SweepRow>,
  out: string,
  table: TableOptions,
): Promise<void> {
  try {
    await writeText(out, sweepTable(sweep, rows, table));
    if (out === '-') return;
    const described = join(dirname(out), 'datapackage.json');
    await writeFile(`${described}.partial`, sweepPackage(sweep, basename(out), table));
    await rename(`${described}.partial`, described);
  } catch (error) {
    throw outputErrorOf(error, out, ALLOWED);
  }
}

async function writeText(out: string, pieces: AsyncIterable<string>): Promise<void> {
  if (out === '-') {
    for await (const piece of pieces) {
      if (!process.stdout.write(piece)) await new Promise((go) => process.stdout.once('drain', go));
    }
    return;
  }
  const partial = `${out}.partial`;
  try {
    const file = await open(partial, 'w');
    try {
      for await (const piece of pieces) await file.writeFile(piece);
    } finally {
      await file.close();
    }
    await rename(partial, out);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
