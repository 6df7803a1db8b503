import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ChromeTrace } from '../../../src/output/trace/chrome-trace.js';

/** The events of a trace that is filled by `fill`. */
function eventsOf(fill: (trace: ChromeTrace) => void) {
  const trace = new ChromeTrace({});
  fill(trace);
  const text = trace.take();
  return JSON.parse(text + trace.takeEnd()).traceEvents.filter(
    ({ ph }: { ph: string }) => ph !== 'M',
  );
}

test('a trace without events is a document', () => {
  const trace = new ChromeTrace({ experiment: 'snort', seed: 1 });
  expect(JSON.parse(trace.takeEnd())).toEqual({
    displayTimeUnit: 'ns',
    otherData: { experiment: 'snort', seed: 1 },
    traceEvents: [],
  });
});

test('groups are processes and tracks are threads, in the order in which they are told', () => {
  const trace = new ChromeTrace({});
  const first = trace.group('first');
  const second = trace.group('second');
  trace.track(second, 'a');
  trace.track(first, 'b');
  const events: { name: string; pid: number; tid: number; args: Record<string, unknown> }[] =
    JSON.parse(trace.takeEnd()).traceEvents;
  const named = (name: string) => events.filter((event) => event.name === name);
  expect(named('process_name').map(({ pid, args }) => [pid, args.name])).toEqual([
    [first, 'first'],
    [second, 'second'],
  ]);
  expect(named('thread_name').map(({ pid, args }) => [pid, args.name])).toEqual([
    [second, 'a'],
    [first, 'b'],
  ]);
  const ids = named('thread_name').map(({ tid }) => tid);
  expect(new Set([...ids, first, second]).size).toBe(4);
  for (const kind of ['process_sort_index', 'thread_sort_index']) {
    const order = named(kind).map(({ args }) => Number(args.sort_index));
    expect(order).toEqual([...order].sort((a, b) => a - b));
  }
});

test('any name survives', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, detail) => {
      const [slice, instant, value] = eventsOf((trace) => {
        const group = trace.group(name);
        const track = trace.track(group, name);
        const said = { name, category: name, details: { [detail]: detail } };
        trace.slice(trace.label(track, said), 0, 1);
        trace.instant(trace.label(track, { name, category: name, countOf: detail }), 2, 3);
        trace.value(trace.counter(group, name, detail), 4, 5);
      });
      expect(slice).toMatchObject({ ph: 'X', name, cat: name });
      expect(Object.entries(slice.args)).toEqual([[detail, detail]]);
      expect(instant).toMatchObject({ ph: 'i', s: 't', name });
      expect(Object.entries(instant.args)).toEqual([[detail, 3]]);
      expect(value).toMatchObject({ ph: 'C', name });
      expect(Object.entries(value.args)).toEqual([[detail, 5]]);
    }),
  );
});

test('times are microseconds and keep every nanosecond', () => {
  const time = fc.nat({ max: 2 ** 31 }).map((n) => n * 100 + (n % 97));
  fc.assert(
    fc.property(time, time, (startNs, lengthNs) => {
      const [{ ts, dur }] = eventsOf((trace) => {
        const track = trace.track(trace.group('g'), 't');
        trace.slice(trace.label(track, { name: 'n', category: 'c' }), startNs, startNs + lengthNs);
      });
      expect(Math.round(ts * 1000)).toBe(startNs);
      expect(Math.round(dur * 1000)).toBe(lengthNs);
    }),
  );
});

test('what was taken is not kept', () => {
  const trace = new ChromeTrace({});
  const label = trace.label(trace.track(trace.group('g'), 't'), { name: 'n', category: 'c' });
  trace.take();
  trace.slice(label, 0, 1);
  const once = trace.take();
  for (let i = 0; i < 1000; i++) {
    trace.slice(label, 0, 1);
    expect(trace.take()).toBe(once);
  }
  expect(trace.take()).toBe('');
  expect(trace.events).toBe(1001);
});
