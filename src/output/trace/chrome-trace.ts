import type { TraceLabel, TraceSink } from '../../run/run-trace.js';

/**
 * A trace as text in Chrome's trace-event format, which Perfetto and chrome://tracing read: groups
 * are processes, tracks are threads, slices complete events (X), values counters (C), instants
 * instant events (i). Times are microseconds with three decimals, hence whole nanoseconds. The text
 * is made as events come in, and taken piece by piece: what was taken is forgotten.
 */
export class ChromeTrace implements TraceSink {
  /** Slices, values and instants so far. */
  events = 0;
  private text: string;
  private separator = '';
  private groups = 0;
  /** Threads of all processes: numbers below are processes'. */
  private tracks = 1000;
  /** By track: the process's number. */
  private readonly groupOf = new Map<number, number>();
  /** By label: what all its events have in common. */
  private readonly labels: { readonly common: string; readonly countOf: string | null }[] = [];
  /** By counter: its events up to the time, and from there to the value. */
  private readonly counters: { readonly head: string; readonly series: string }[] = [];

  /** `about` goes to the trace's metadata. */
  constructor(about: Readonly<Record<string, string | number>>) {
    const head = `{"displayTimeUnit":"ns","otherData":${JSON.stringify(about)}`;
    this.text = `${head},"traceEvents":[\n`;
  }

  group(name: string): number {
    const pid = ++this.groups;
    this.describe('process_name', pid, pid, { name });
    this.describe('process_sort_index', pid, pid, { sort_index: pid });
    return pid;
  }

  track(group: number, name: string): number {
    const tid = ++this.tracks;
    this.groupOf.set(tid, group);
    this.describe('thread_name', group, tid, { name });
    this.describe('thread_sort_index', group, tid, { sort_index: tid });
    return tid;
  }

  counter(group: number, name: string, unit: string): number {
    const head = `"ph":"C","pid":${group},"tid":${group},"name":${JSON.stringify(name)}`;
    return this.counters.push({ head, series: `"args":{${JSON.stringify(unit)}:` }) - 1;
  }

  label(track: number, { name, category, details, countOf }: TraceLabel): number {
    const pid = this.groupOf.get(track);
    const args = details === undefined ? '' : `,"args":${JSON.stringify(details)}`;
    const text = `"pid":${pid},"tid":${track},"name":${JSON.stringify(name)}`;
    const common = `${text},"cat":${JSON.stringify(category)}${args}`;
    const countText = countOf === undefined ? null : JSON.stringify(countOf);
    return this.labels.push({ common, countOf: countText }) - 1;
  }

  slice(label: number, startNs: number, endNs: number): void {
    const { common } = this.labels[label]!;
    const times = `"ts":${microseconds(startNs)},"dur":${microseconds(endNs - startNs)}`;
    this.add(`"ph":"X",${common},${times}`);
  }

  instant(label: number, timeNs: number, count: number): void {
    const { common, countOf } = this.labels[label]!;
    const args = countOf === null ? '' : `,"args":{${countOf}:${count}}`;
    this.add(`"ph":"i","s":"t",${common},"ts":${microseconds(timeNs)}${args}`);
  }

  value(counter: number, timeNs: number, value: number): void {
    const { head, series } = this.counters[counter]!;
    this.add(`${head},"ts":${microseconds(timeNs)},${series}${value}}`);
  }

  /** What has been added since the last call. */
  take(): string {
    const { text } = this;
    this.text = '';
    return text;
  }

  /** The rest, with the end of the document. */
  takeEnd(): string {
    return `${this.take()}\n]}\n`;
  }

  private describe(name: string, pid: number, tid: number, args: object): void {
    this.line(`"ph":"M","pid":${pid},"tid":${tid},"name":"${name}","args":${JSON.stringify(args)}`);
  }

  private add(event: string): void {
    this.events++;
    this.line(event);
  }

  private line(event: string): void {
    this.text += `${this.separator}{${event}}`;
    this.separator = ',\n';
  }
}

/** Whole nanoseconds as microseconds, exactly. */
function microseconds(ns: number): string {
  const whole = Math.floor(ns / 1000);
  const rest = ns - whole * 1000;
  return rest === 0 ? `${whole}` : `${whole}.${String(rest).padStart(3, '0')}`;
}
