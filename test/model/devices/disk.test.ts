/** One disk, which serves its readers in the order in which they ask. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Disk } from '../../../src/model/devices/disk.js';
import { Dom0Block } from '../../../src/model/devices/dom0-block.js';
import type { LoopDevice } from '../../../src/model/devices/loop-device.js';
import { Clock } from '../../../src/model/engine/clock.js';
import { EventQueue } from '../../../src/model/engine/event-queue.js';
import { RandomStream } from '../../../src/model/engine/random-stream.js';
import type { GuestKernel } from '../../../src/model/guest/kernel.js';

const PAGE = 4096;
const SLOT = 1;
const INPUT = { seekNs: 5e6, rotationNs: 8e6, bytesPerSecond: 50e6, pageCacheBytes: 0 };

function bench(readers: number) {
  const clock = new Clock();
  const queue = new EventQueue(2);
  const disk = new Disk(clock, queue, SLOT, INPUT, new RandomStream(1, 'rotation'), readers);
  return { clock, queue, disk };
}

it('takes transfer for each request, and seek and a part of a turn but for the next pages', () => {
  const request = fc.record({
    pages: fc.integer({ min: 1, max: 32 }),
    gap: fc.constantFrom(-3, 0, 0, 1, 7),
  });
  const READERS = 3;
  fc.assert(
    fc.property(fc.nat(2), fc.array(request, { minLength: 1 }), (firstPage, requests) => {
      const { clock, queue, disk } = bench(READERS);
      let [end, head, busyNs, pagesRead] = [firstPage, Number.NaN, 0, 0];
      for (let from = 0; from < requests.length; from += READERS) {
        // All readers ask at once.
        const asked = requests.slice(from, from + READERS).map(({ pages, gap }) => {
          const page = Math.max(0, end + gap);
          end = page + pages;
          return { page, pages };
        });
        for (const [reader, { page, pages }] of asked.entries()) disk.read(reader, page, pages);
        for (const [reader, { page, pages }] of asked.entries()) {
          const serviceNs = queue.timeOf(SLOT) - clock.nowNs;
          const positioningNs = serviceNs - (pages * PAGE * 1e9) / INPUT.bytesPerSecond;
          // The arm is nowhere at first.
          const least = page === head ? 0 : INPUT.seekNs;
          const most = page === head ? 0 : INPUT.seekNs + INPUT.rotationNs;
          expect(positioningNs).toBeGreaterThanOrEqual(least - 1);
          expect(positioningNs).toBeLessThanOrEqual(most + 1);
          head = page + pages;
          clock.nowNs += serviceNs / 2;
          expect(disk.busyNs()).toBeCloseTo(busyNs + serviceNs / 2, 3);
          clock.nowNs = queue.timeOf(SLOT);
          busyNs += serviceNs;
          pagesRead += pages;
          disk.requestDone();
          expect(disk.firstFinished()).toBe(reader);
          expect(disk.takeFinished()).toBe(reader);
          expect([disk.firstFinished(), disk.pagesRead]).toEqual([-1, pagesRead]);
        }
        expect(queue.timeOf(SLOT)).toBe(Infinity);
        clock.nowNs += 1e6;
        expect(disk.busyNs()).toBeCloseTo(busyNs, 3);
      }
    }),
  );
});

it('what is done while domain 0 has no time is told to all readers, in order', () => {
  const { clock, queue, disk } = bench(3);
  const raised: string[] = [];
  let pending = 0;
  const kernel = {
    kind: -1,
    softirqs: { open: () => 0, raise: () => pending++ },
    addLine: () => ({ handler: () => {}, raise: (kind: number) => raised.push(`line ${kind}`) }),
  };
  const kinds = [0, 1, 2].map((reader) => ({ interrupt: 10 + reader, softirq: 20 + reader }));
  const block = new Dom0Block(kernel as unknown as GuestKernel, disk, kinds, 700);
  const told: number[] = [];
  for (const reader of [0, 1, 2]) {
    block.attach(reader, { diskDone: () => told.push(reader) } as unknown as LoopDevice);
  }
  for (const reader of [2, 0, 1]) disk.read(reader, 100 * reader, 1);
  for (let i = 0; i < 3; i++) {
    clock.nowNs = queue.timeOf(SLOT);
    block.diskFires();
  }
  // The interrupt is for whoever was the first, until that one has been told.
  expect(raised).toEqual(['line 12', 'line 12', 'line 12']);
  const booked: number[] = [];
  for (pending = 1; pending > 0; pending--) {
    expect(block.begin()).toBe(700);
    booked.push(kernel.kind);
    block.finish();
  }
  expect(told).toEqual([2, 0, 1]);
  expect(booked).toEqual([22, 20, 21]);
  expect(block.begin()).toBe(0);
});
