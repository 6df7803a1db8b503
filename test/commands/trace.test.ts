/** The file that `trace` writes, read as any reader of trace events would. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bin, offloadcage, offloadcageProcess } from './offloadcage.js';

interface TraceEvent {
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly name: string;
  readonly ts: number;
  readonly dur: number;
  readonly s?: string;
  readonly args?: Readonly<Record<string, unknown>>;
}

let folder: string;
let events: TraceEvent[];
const inFolder = (...args: string[]) => offloadcage(['trace', ...args], { cwd: folder });
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offloadcage-trace-'));
  const { status, stdout, stderr } = await inFolder(
    'snort',
    '--variant',
    'offload',
    '-o',
    'a.json',
  );
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^wrote a\.json: snort, offload, seed 1, 0s to 1s of 60s .* MB\n$/);
  expect(status).toBe(0);
  events = JSON.parse(read('a.json')).traceEvents;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const namesOf = (kind: string) => {
  const found = events.filter(({ ph, name }) => ph === 'M' && name === kind);
  return new Map(found.map(({ pid, tid, args }) => [`${pid}/${tid}`, String(args?.name)]));
};

describe('by the rules of the format', () => {
  test('every event has a phase, a process, a thread and a name', () => {
    const wrong = events.filter(
      ({ ph, pid, tid, name }) =>
        !['M', 'X', 'C', 'i'].includes(ph) ||
        !(Number.isInteger(pid) && pid > 0 && Number.isInteger(tid) && tid > 0) ||
        typeof name !== 'string' ||
        name === '',
    );
    expect(wrong).toEqual([]);
  });

  test('processes and threads are named before they are used', () => {
    const processes = new Set<number>();
    const threads = new Set<string>();
    for (const { ph, pid, tid, name } of events) {
      if (name === 'process_name') processes.add(pid);
      if (name === 'thread_name') threads.add(`${pid}/${tid}`);
      if (!processes.has(pid)) throw new Error(`process ${pid} has no name`);
      if ('Xi'.includes(ph) && !threads.has(`${pid}/${tid}`)) {
        throw new Error(`thread ${tid} of process ${pid} has no name`);
      }
    }
    expect(processes.size).toBeGreaterThan(3);
    expect(threads.size).toBeGreaterThan(10);
  });

  test('times are in order on every track, slices do not overlap, counters are numbers', () => {
    const atUs = new Map<string, number>();
    const wrong = events.filter((event) => {
      const { ph, pid, tid, name, ts, dur, args = {} } = event;
      if (ph === 'M') return false;
      const track = ph === 'C' ? `${pid}/${name}` : `${pid}/${tid}`;
      const beforeUs = atUs.get(track) ?? 0;
      // Sums of decimals: half a nanosecond is no overlap.
      atUs.set(track, ph === 'X' ? ts + dur - 0.0005 : ts);
      if (!(ts >= beforeUs && ts <= 1e6)) return true;
      if (ph === 'X') return !(dur > 0);
      if (ph === 'i') return event.s !== 't';
      const values = Object.values(args);
      return values.length !== 1 || !values.every((value) => Number.isFinite(value));
    });
    expect(wrong).toEqual([]);
  });
});

test('the tracks are those that one looks for', () => {
  expect([...namesOf('process_name').values()]).toEqual([
    'PCPUs',
    'domain dom0',
    'domain vm1',
    'network',
  ]);
  const threads = [...namesOf('thread_name').values()];
  for (const name of ['PCPU 0', 'PCPU 0 timer', 'runstate', 'task', 'softirq', 'interrupt']) {
    expect(threads).toContain(name);
  }
  const counters = new Set(events.filter(({ ph }) => ph === 'C').map(({ name }) => name));
  for (const name of ['credit', 'priority', 'effective cap', 'NIC ring', 'snort socket']) {
    expect(counters).toContain(name);
  }
});

test('CPU shares are those of the summary', async () => {
  const args = ['reproduce', 'snort', '--variant', 'offload', '--seeds', '1', '--duration', '1'];
  const { stdout } = await offloadcage([...args, '--json', '--out', 'run'], { cwd: folder });
  const { summary } = JSON.parse(stdout).variants.offload;
  const slices = events.filter(({ ph }) => ph === 'X');
  const sharePct = (test: (slice: TraceEvent) => boolean) =>
    slices.filter(test).reduce((sum, { dur }) => sum + dur, 0) / 1e4;
  const threads = namesOf('thread_name');
  const onPcpu = ({ pid, tid }: TraceEvent) => threads.get(`${pid}/${tid}`) === 'PCPU 0';
  const running = (name: string) => sharePct((slice) => onPcpu(slice) && slice.name === name);
  expect(running('vm1')).toBeCloseTo(summary.vm_cpu_pct.mean, 6);
  expect(running('dom0')).toBeCloseTo(summary.dom0_cpu_pct.mean, 6);
  const ids = sharePct(({ args: one }) => one?.cr3 === 'snort');
  expect(ids).toBeCloseTo(summary.ids_cpu_pct.mean, 6);
  const own = sharePct(({ name, args: one }) => name === 'snort' && one?.task === 'snort');
  expect(own).toBeCloseTo(summary.ids_true_cpu_pct.mean, 6);
});

test('the same seed gives the same bytes, to a file, compressed or to stdout', async () => {
  const args = ['fig7', '--from', '1.5s', '--for', '50ms', '--seed', '3'];
  await inFolder(...args, '-o', 'b.json');
  await inFolder(...args, '-o', 'b.json.gz');
  const { stdout } = await inFolder(...args, '-o', '-');
  const text = read('b.json');
  expect(JSON.parse(text).otherData).toMatchObject({ variant: 'no-offload', seed: 3 });
  expect(gunzipSync(readFileSync(join(folder, 'b.json.gz'))).toString()).toBe(text);
  expect(stdout).toBe(text);
});

test('--json says what was written', async () => {
  const { stdout, stderr } = await inFolder('snort', '--for', '10ms', '-o', 'c.json', '--json');
  const said = JSON.parse(stdout);
  expect(stderr).toBe('');
  expect(said).toMatchObject({ variant: 'offloadcage', seed: 1, from_s: 0, to_s: 0.01 });
  expect(said.bytes).toBe(Buffer.byteLength(read('c.json')));
  const written: TraceEvent[] = JSON.parse(read('c.json')).traceEvents;
  expect(said.events).toBe(written.filter(({ ph }) => ph !== 'M').length);
});

test('a long trace takes no more memory than a short one', () => {
  // The text of ten seconds is five times as long as what may be kept of it.
  const env = { NODE_OPTIONS: '--max-old-space-size=40' };
  const args = ['trace', 'snort', '--for', '10s', '-o', '/dev/null', '--json'];
  const { status, stdout } = offloadcageProcess(args, { cwd: folder, env });
  expect(status).toBe(0);
  expect(JSON.parse(stdout).bytes).toBeGreaterThan(100e6);
});

test('Ctrl-C leaves nothing behind', async () => {
  const before = readdirSync(folder);
  const args = ['trace', 'snort', '--for', '60s', '-o', 'long.json.gz'];
  const child = spawn(process.execPath, [bin, ...args], { cwd: folder });
  const ended = new Promise<number | null>((done) => child.on('exit', done));
  let said = '';
  child.stderr.on('data', (data) => {
    said += data;
  });
  while (readdirSync(folder).length === before.length) {
    await new Promise((wait) => setTimeout(wait, 20));
  }
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(said).toBe('offloadcage: interrupted: nothing was written\n');
  expect(readdirSync(folder)).toEqual(before);
});
