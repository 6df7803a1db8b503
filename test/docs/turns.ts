/** The traces of docs/sweeps.md. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { offloadcage, root } from '../commands/offloadcage.js';
import type { Table } from './statements.js';

interface TraceEvent {
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly name: string;
  readonly ts: number;
  readonly dur?: number;
  readonly args?: Readonly<Record<string, string | number>>;
}

/** One second of the VM, traced. */
async function secondOf(nice: number, folder: string) {
  const snort = readFileSync(join(root, 'experiments/snort.yaml'), 'utf8');
  const inside = 'snort: { domain: vm1 }';
  expect(snort).toContain(inside);
  const definition = snort.replace(inside, `snort: { domain: vm1, nice: ${nice} }`);
  writeFileSync(join(folder, 'snort-nice.yaml'), definition);
  const second = ['--from', '5s', '--for', '1s', '-o', 'trace.json'];
  const args = ['trace', 'snort-nice.yaml', '--variant', 'no-offload'];
  expect((await offloadcage([...args, ...second], { cwd: folder })).status).toBe(0);
  const text = readFileSync(join(folder, 'trace.json'), 'utf8');
  const events: TraceEvent[] = JSON.parse(text).traceEvents;
  const thread = (process: string, name: string) => {
    const { pid } = named(events, 'process_name', process);
    return named(
      events.filter((event) => event.pid === pid),
      'thread_name',
      name,
    );
  };
  const task = thread('domain vm1', 'task');
  const turns = turnsOf(events.filter(({ ph, tid }) => ph === 'X' && tid === task.tid));
  const web = turns.filter((turn) => turn.task === 'web');
  return {
    turns: web.length,
    longestMs: Math.max(...web.map(({ us }) => us)) / 1000,
    queued: meanOf(events.filter(({ ph, name }) => ph === 'C' && name === 'snort socket')),
    dropped: events
      .filter(({ ph, name }) => ph === 'i' && name === 'drop: snort socket')
      .reduce((sum, { args }) => sum + Number(args?.packets), 0),
  };
}

function named(events: readonly TraceEvent[], kind: string, name: string): TraceEvent {
  const found = events.find((event) => event.name === kind && event.args?.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found;
}

/** Slices of one process in a row, with the CPU time that they have together. */
function turnsOf(slices: readonly TraceEvent[]) {
  const turns: { task: string; us: number }[] = [];
  for (const { args, dur = 0 } of slices.toSorted((a, b) => a.ts - b.ts)) {
    const task = String(args?.task);
    const last = turns.at(-1);
    if (last?.task === task) last.us += dur;
    else turns.push({ task, us: dur });
  }
  return turns;
}

/** Mean over time of a counter. */
function meanOf(counts: readonly TraceEvent[]): number {
  const end = 6e6;
  return counts.reduce((sum, { ts, args }, i) => {
    const until = counts[i + 1]?.ts ?? end;
    return sum + (Number(args?.packets) * (until - ts)) / 1e6;
  }, 0);
}

/** How the VM's two processes take turns, with Snort's usual nice value, and with others. */
export async function turnsTable(): Promise<Table> {
  const folder = mkdtempSync(join(tmpdir(), 'offloadcage-turns-'));
  try {
    const seconds: Awaited<ReturnType<typeof secondOf>>[] = [];
    for (const nice of [0, -10, 10]) seconds.push(await secondOf(nice, folder));
    const row = (name: string, value: (second: (typeof seconds)[number]) => string) =>
      `| ${[name, ...seconds.map(value)].join(' | ')} |`;
    return {
      head: '| VM, in one second | nice 0 | Snort first (-10) | web server first (10) |',
      rows: [
        row('turns of the web server', ({ turns }) => String(turns)),
        row('longest of them, ms of CPU', ({ longestMs }) => longestMs.toFixed(2)),
        row("packets in Snort's socket, mean", ({ queued }) => queued.toFixed(0)),
        row('packets dropped there', ({ dropped }) => String(dropped)),
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
