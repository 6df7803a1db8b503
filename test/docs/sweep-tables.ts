/** The tables of docs/sweeps.md, made from the committed results. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { summarize } from '../../src/measure/statistics.js';
import { root } from '../commands/offloadcage.js';
import { readCsv } from '../output/csv-reader.js';
import type { Table } from './statements.js';

/** A row of a result by its columns. */
export type Row = Readonly<Record<string, string>>;

export function resultOf(sweep: string): Row[] {
  const path = join(root, 'results/sweeps', sweep, `${sweep}.csv`);
  const [head = [], ...rows] = readCsv(readFileSync(path, 'utf8'));
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? ''])));
}

/** Rows that have these values. */
export function where(rows: readonly Row[], values: Readonly<Record<string, string>>): Row[] {
  return rows.filter((row) => Object.entries(values).every(([key, value]) => row[key] === value));
}

export function summaryOf(rows: readonly Row[], metric: string) {
  const { mean, ci95, n } = summarize(rows.map((row) => Number(row[metric])));
  return { mean, half: ci95 === null ? 0 : (ci95[1] - ci95[0]) / 2, n };
}

/** `31.3 ± 0.8`. */
function interval(rows: readonly Row[], metric: string, digits: number): string {
  const { mean, half } = summaryOf(rows, metric);
  return `${mean.toFixed(digits)} ± ${half.toFixed(digits)}`;
}

type Cell = (rows: readonly Row[]) => string;

const value =
  (metric: string, digits: number, which: Readonly<Record<string, string>> = {}): Cell =>
  (rows) =>
    interval(where(rows, which), metric, digits);

/** `2949 ± 74 (23%)`: replies, and the packets that Snort missed. */
const repliesAndMissed =
  (which: Readonly<Record<string, string>>): Cell =>
  (rows) => {
    const own = where(rows, which);
    const missed = summaryOf(own, 'ids_missed_packets_pct').mean.toFixed(0);
    return `${interval(own, 'throughput_rps', 0)} (${missed}%)`;
  };

function table(sweep: string, by: string, head: string, cells: readonly Cell[]): Table {
  const rows = resultOf(sweep);
  const points = [...new Set(rows.map((row) => row[by] ?? ''))];
  return {
    head: `| ${head} |`,
    rows: points.map((point) => {
      const here = where(rows, { [by]: point });
      return `| ${[point, ...cells.map((cell) => cell(here))].join(' | ')} |`;
    }),
  };
}

const MACHINES = ['gigabit', 'fast-ethernet', 'older'];
const O1 = { 'domains.vm1.scheduler': 'o1-2.6.16' };

/** By sweep, as they are in the document. */
export const documentedTables = (): Readonly<Record<string, Table>> => ({
  'page-size': table(
    'page-size',
    'processes.web.page',
    'page, bytes | gigabit, % | 100 Mbit/s, % | 100 Mbit/s, older machine, % | ' +
      'gigabit, replies/s | 100 Mbit/s, replies/s | 100 Mbit/s, older machine, replies/s',
    [
      ...MACHINES.map((variant) => value('dom0_cpu_pct', 1, { variant })),
      ...MACHINES.map((variant) => value('throughput_rps', 0, { variant })),
    ],
  ),
  'snort-cap': table(
    'snort-cap',
    'cages.cage.cap',
    'cap, % | VM and Snort, % | VM, % | Snort (CR3), % | replies/s | missed packets, %',
    [
      value('total_cpu_pct', 1),
      value('vm_cpu_pct', 1),
      value('ids_cpu_pct', 1),
      value('throughput_rps', 0),
      value('ids_missed_packets_pct', 1),
    ],
  ),
  'snort-rate': table(
    'snort-rate',
    'clients.httperf.rate',
    'requests/s | OffloadCage | plain offload | no offload',
    ['offloadcage', 'offload', 'no-offload'].map((variant) => repliesAndMissed({ variant })),
  ),
  'flood-rate': table(
    'flood-rate',
    'clients.httperf.rate',
    'requests/s | plain offload | cage | cage and OC-Limiter',
    ['offload', 'cage', 'limiter'].map((variant) => repliesAndMissed({ variant })),
  ),
  'snort-priority': table(
    'snort-priority',
    'clients.httperf.rate',
    'requests/s | O(1) | O(1), Snort first | O(1), web server first | CFS',
    [
      { ...O1, 'processes.snort.nice': '0' },
      { ...O1, 'processes.snort.nice': '-10' },
      { ...O1, 'processes.snort.nice': '10' },
      { 'domains.vm1.scheduler': 'cfs' },
    ].map(repliesAndMissed),
  ),
  'tripwire-limit': table(
    'tripwire-limit',
    'processes.limiter.limit',
    'limit, % | default law | law to the letter | law by run time granted | ' +
      'scanned, MB/s (default law)',
    [
      value('ids_cpu_pct', 1, { variant: 'offloadcage' }),
      value('ids_cpu_pct', 1, { variant: 'law-paper' }),
      value('ids_cpu_pct', 1, { variant: 'law-paper-rate' }),
      value('scan_mb_per_s', 1, { variant: 'offloadcage' }),
    ],
  ),
});
