import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PageCache } from '../../../src/model/guest/page-cache.js';
import { ReadAhead } from '../../../src/model/guest/read-ahead.js';

/** A device that keeps what is asked of it until it is told to answer. */
class SlowDevice {
  readonly asked: [number, number][] = [];
  private answered = 0;
  /** Pages of the oldest open request that were answered. */
  private partDone = 0;

  read(firstPage: number, pages: number): void {
    this.asked.push([firstPage, pages]);
  }

  isIdle(): boolean {
    return this.answered === this.asked.length;
  }

  /** Answers the oldest request, whole or its first pages only. */
  answer(to: ReadAhead, pages = Infinity): void {
    const [first, wanted] = this.asked[this.answered]!;
    const part = Math.min(pages, wanted - this.partDone);
    to.readDone(first + this.partDone, part);
    this.partDone += part;
    if (this.partDone < wanted) return;
    this.partDone = 0;
    this.answered++;
  }
}

const noCache = (pages: number) => {
  const cache = new PageCache(0);
  cache.reserve(pages);
  return cache;
};

test('windows grow from 16 to 128 KB, and one is always asked for ahead', () => {
  const device = new SlowDevice();
  const readAhead = new ReadAhead(device, noCache(1000), 0);
  readAhead.open(100, 300);
  expect(device.asked).toEqual([[100, 4]]);
  expect(readAhead.available()).toBe(0);
  device.answer(readAhead);
  // The second page's read is what asks for the window ahead.
  expect(readAhead.available()).toBe(1);
  readAhead.advance(1);
  expect(device.asked.slice(1)).toEqual([[104, 8]]);
  expect(readAhead.available()).toBe(3);
  readAhead.advance(3);
  expect(device.asked.slice(2)).toEqual([[112, 16]]);
  expect(readAhead.available()).toBe(0);
  device.answer(readAhead);
  readAhead.advance(readAhead.available());
  device.answer(readAhead);
  readAhead.advance(readAhead.available());
  device.answer(readAhead);
  readAhead.advance(readAhead.available());
  expect(device.asked.slice(3).map(([, pages]) => pages)).toEqual([32, 32, 32]);
});

test('nothing is asked for beyond the end of a file', () => {
  const device = new SlowDevice();
  const readAhead = new ReadAhead(device, noCache(10), 0);
  readAhead.open(0, 3);
  expect(device.asked).toEqual([[0, 3]]);
  device.answer(readAhead);
  expect(readAhead.available()).toBe(3);
  readAhead.advance(3);
  expect(readAhead.isAtEnd()).toBe(true);
  expect(device.asked.length).toBe(1);
});

test('every page of a file is read from the device once, in order, whatever the timing', () => {
  const files = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 });
  const steps = fc.array(
    fc.record({ answer: fc.boolean(), pages: fc.integer({ min: 1, max: 40 }) }),
  );
  fc.assert(
    fc.property(files, steps, (sizes, choices) => {
      const device = new SlowDevice();
      const readAhead = new ReadAhead(device, noCache(2000), 0);
      let choice = 0;
      let base = 0;
      for (const pages of sizes) {
        readAhead.open(base, pages);
        let read = 0;
        while (!readAhead.isAtEnd()) {
          const { answer, pages: part } = choices[choice++ % choices.length] ?? {
            answer: true,
            pages: 11,
          };
          if ((answer || readAhead.available() === 0) && !device.isIdle()) {
            device.answer(readAhead, part);
          }
          const there = Math.min(part, readAhead.available());
          if (there > 0) readAhead.advance(there);
          read += there;
        }
        expect(read).toBe(pages);
        expect(device.isIdle()).toBe(true);
        base += pages;
      }
      let next = 0;
      for (const [first, pages] of device.asked) {
        expect(first).toBe(next);
        next = first + pages;
      }
      expect(next).toBe(base);
    }),
  );
});

test('what the page cache has is not asked for; what is asked for, it has then', () => {
  const device = new SlowDevice();
  const cache = new PageCache(100);
  cache.reserve(500);
  const base = cache.reserve(100);
  const readAhead = new ReadAhead(device, cache, base);
  const readAll = () => {
    readAhead.open(10, 50);
    while (!readAhead.isAtEnd()) {
      if (readAhead.available() === 0) device.answer(readAhead);
      readAhead.advance(readAhead.available());
    }
  };
  readAll();
  const asked = device.asked.length;
  readAll();
  expect(device.asked.length).toBe(asked);
});

test('the page cache is first in, first out', () => {
  const cache = new PageCache(3);
  cache.reserve(6);
  for (const page of [0, 1, 2, 0, 3]) cache.insert(page);
  expect([0, 1, 2, 3].map((page) => cache.has(page))).toEqual([false, true, true, true]);
  cache.insert(0);
  expect([0, 1, 2, 3].map((page) => cache.has(page))).toEqual([true, false, true, true]);
});
