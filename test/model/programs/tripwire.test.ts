import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemble } from '../../../src/model/assembly/assemble.js';
import { type ModelInput, simulate } from '../../../src/model/index.js';
import { scanSeries } from '../../../src/model/series.js';
import {
  COSTS,
  DISK,
  domain,
  files,
  httperf,
  loop,
  machineInput,
  SECOND_NS,
  tripwire,
  webServer,
} from '../machine-input.js';
import { percent, perSecond, total } from '../readings.js';

const PAGE = 4096;

/** Next to no CPU time for anything. */
const QUICK = {
  ...COSTS,
  tripwireFileNs: 1,
  tripwireMbNs: 1,
  fileReadMbNs: 0,
  loopMbNs: 1,
  diskRequestNs: 1,
  blkbackRequestNs: 1,
  blkfrontRequestNs: 0,
};

/** Room in the page cache for everything. */
const LARGE_CACHE = { ...DISK, pageCacheBytes: 1e9 };

function scan(over: Partial<ModelInput>) {
  return simulate(machineInput(over), 1);
}

describe('a scan that the disk holds up', () => {
  it('reads a file that lies in one piece at the rate of transfer', () => {
    for (const where of ['dom0', 'vm1']) {
      const process = tripwire(where, files(1, 1e9));
      const result = scan({ costs: QUICK, processes: [process] });
      expect(perSecond(result, 'scan:tripwire:bytes') / DISK.bytesPerSecond).toBeCloseTo(1, 2);
      expect(percent(result, 'disk:busy')).toBeCloseTo(100, 1);
    }
  });

  it('opens small files at the rate of seek, half a turn and transfer', () => {
    const process = tripwire('dom0', files(100_000, PAGE));
    const result = scan({ costs: QUICK, processes: [process], durationNs: 60 * SECOND_NS });
    const fileNs = DISK.seekNs + DISK.rotationNs / 2 + (PAGE * 1e9) / DISK.bytesPerSecond;
    expect((perSecond(result, 'scan:tripwire:files') * fileNs) / 1e9).toBeCloseTo(1, 1);
    expect(percent(result, 'disk:busy')).toBeCloseTo(100, 1);
  });

  it('overlaps hashing and reading; only the loop device takes turns with the disk', () => {
    const process = tripwire('dom0', files(1, 1e9));
    const requestMbNs = (COSTS.diskRequestNs * 1e6) / (32 * PAGE);
    const loopMbNs = COSTS.loopMbNs + requestMbNs;
    const ownMbNs = COSTS.tripwireMbNs + COSTS.fileReadMbNs;
    const measure = (bytesPerSecond: number) => {
      const result = scan({ processes: [process], disk: { ...DISK, bytesPerSecond } });
      return perSecond(result, 'scan:tripwire:bytes') / 1e6;
    };
    // At 25 MB/s the disk takes 40 ms for a megabyte, at 500 MB/s 2 ms; Tripwire takes 14 ms.
    expect((measure(25e6) * (40e6 + loopMbNs)) / 1e9).toBeCloseTo(1, 2);
    expect((measure(500e6) * (ownMbNs + loopMbNs)) / 1e9).toBeCloseTo(1, 2);
  });

  it('is as fast as the whole disk for two at once, which cost each other seeks', () => {
    const two = [
      tripwire('dom0', files(1, 1e9)),
      { ...tripwire('dom0', files(1, 1e9)), name: 'tripwire2' },
    ];
    const result = scan({ costs: QUICK, processes: two });
    const windowNs = DISK.seekNs + DISK.rotationNs / 2 + (32 * PAGE * 1e9) / DISK.bytesPerSecond;
    const windowsPerS = perSecond(result, 'disk:bytes') / (32 * PAGE);
    expect((windowsPerS * windowNs) / 1e9).toBeCloseTo(1, 1);
    const first = perSecond(result, 'scan:tripwire:bytes');
    expect(first / perSecond(result, 'scan:tripwire2:bytes')).toBeCloseTo(1, 1);
  });
});

describe('a scan that the CPU holds up', () => {
  const tree = files(20, 1e6);
  const cached = () =>
    scan({
      processes: [tripwire('dom0', tree)],
      disk: LARGE_CACHE,
      warmupNs: 5 * SECOND_NS,
    });

  it('needs the disk for its first time only, if the page cache holds the tree', () => {
    const result = cached();
    expect(total(result, 'disk:bytes')).toBe(0);
    expect(total(result, 'scan:tripwire:scans')).toBeGreaterThan(10);
  });

  it('uses the whole CPU, and its rate is one over the cost', () => {
    const result = cached();
    expect(percent(result, 'process:tripwire:true')).toBe(100);
    const fileNs = COSTS.tripwireFileNs + COSTS.tripwireMbNs + COSTS.fileReadMbNs;
    expect((perSecond(result, 'scan:tripwire:files') * fileNs) / 1e9).toBeCloseTo(1, 2);
  });

  it('is in user mode for hashing, and in the kernel for reading', () => {
    const { ledger } = cached();
    const time = (context: string) =>
      ledger
        .filter((row) => row.task === 'tripwire' && row.context === context)
        .reduce((sum, row) => sum + row.ns, 0);
    const user = COSTS.tripwireFileNs + COSTS.tripwireMbNs;
    expect(time('kernel') / time('user')).toBeCloseTo(COSTS.fileReadMbNs / user, 2);
  });
});

describe('one scan', () => {
  const tree = files(50, 100_000);
  const pages = 50 * Math.ceil(100_000 / PAGE);
  const once = (where: string, everyNs = 100 * SECOND_NS) =>
    scan({
      warmupNs: 0,
      processes: [{ ...tripwire(where, tree), everyNs }],
      disk: LARGE_CACHE,
    });

  it.each(['dom0', 'vm1'])('from %s reads each file once, and the disk whole pages', (where) => {
    const result = once(where);
    expect(total(result, 'scan:tripwire:scans')).toBe(1);
    expect(total(result, 'scan:tripwire:files')).toBe(50);
    expect(total(result, 'scan:tripwire:bytes')).toBe(50 * 100_000);
    expect(total(result, 'disk:bytes')).toBe(pages * PAGE);
  });

  it('starts so long after the start of the last', () => {
    const result = once('dom0', 3 * SECOND_NS);
    const scans = result.series.find((one) => one.key === 'scan:tripwire:scans');
    expect([...(scans?.values ?? [])]).toEqual([1, 0, 0, 1, 0, 0, 1, 0, 0, 1]);
  });

  it('starts on time, at the jiffy that ends its sleep', () => {
    const process = { ...tripwire('dom0', files(1, PAGE)), everyNs: SECOND_NS / 5 };
    const result = scan({ warmupNs: 0, processes: [process], disk: LARGE_CACHE });
    expect(total(result, 'scan:tripwire:scans')).toBe(50);
  });

  it('is of a tree of its own', () => {
    const group = { ...files(50, 100_000), spread: 1 };
    const two = ['one', 'other'].map((name) => ({ ...tripwire('dom0', group), name }));
    const processes = two.map((process) => ({ ...process, everyNs: 100 * SECOND_NS }));
    const result = scan({ warmupNs: 0, processes, disk: LARGE_CACHE });
    const [one, other] = two.map(({ name }) => total(result, `scan:${name}:bytes`));
    expect(one).not.toBe(other);
  });

  it('from a cache that is too small reads everything again each time', () => {
    const result = scan({
      warmupNs: 0,
      processes: [{ ...tripwire('dom0', tree), everyNs: 5 * SECOND_NS }],
      disk: { ...DISK, pageCacheBytes: (pages / 2) * PAGE },
    });
    expect(total(result, 'scan:tripwire:scans')).toBe(2);
    expect(total(result, 'disk:bytes')).toBe(2 * pages * PAGE);
  });
});

describe('who works for a scan', () => {
  const tree = files(100_000, 100 * PAGE, 50);

  it("offloaded: the loop device's thread, and all of it on the page tables of Tripwire", () => {
    const result = scan({ processes: [tripwire('dom0', tree)] });
    const loopRows = result.ledger.filter((row) => row.task === 'loop0');
    expect(new Set(loopRows.map((row) => row.cr3))).toEqual(new Set(['tripwire']));
    const loopNs = loopRows
      .filter((row) => row.work === 'loop device')
      .reduce((sum, row) => sum + row.ns, 0);
    expect(loopNs / total(result, 'disk:bytes')).toBeCloseTo(COSTS.loopMbNs / 1e6, 1);
    expect(total(result, 'process:tripwire:cr3')).toBe(total(result, 'domain:dom0:cpu'));
    const ownNs = total(result, 'process:tripwire:true');
    const diskNs = total(result, 'domain:vm1:dom0disk');
    expect(ownNs + diskNs).toBeCloseTo(total(result, 'domain:dom0:cpu'), -6);
    expect(total(result, 'domain:vm1:dom0net')).toBe(0);
    expect(total(result, 'domain:vm1:cpu')).toBe(0);
  });

  it("inside: the VM's blkfront, and domain 0 with blkback, loop device and disk", () => {
    const result = scan({ processes: [tripwire('vm1', tree)] });
    const task = (name: string) =>
      result.ledger.filter((row) => row.task === name).reduce((sum, row) => sum + row.ns, 0);
    // Windows of 4, 8, 16, 32 and 32 of the 100 pages, then 8; each in requests of 11 pages.
    const requests = 1 + 1 + 2 + 3 + 3 + 1;
    const perFile = (ns: number) => ns / total(result, 'scan:tripwire:files');
    expect(perFile(task('blkback0')) / COSTS.blkbackRequestNs).toBeCloseTo(requests, 0);
    const bytes = 100 * PAGE;
    const dom0Ns =
      requests * (COSTS.blkbackRequestNs + COSTS.diskRequestNs) + (bytes * COSTS.loopMbNs) / 1e6;
    expect(perFile(total(result, 'domain:vm1:dom0disk')) / dom0Ns).toBeCloseTo(1, 1);
    expect(total(result, 'domain:dom0:cpu')).toBe(total(result, 'domain:vm1:dom0disk'));
    const ownNs =
      requests * COSTS.blkfrontRequestNs +
      COSTS.tripwireFileNs +
      (bytes * (COSTS.tripwireMbNs + COSTS.fileReadMbNs)) / 1e6;
    expect(perFile(total(result, 'process:tripwire:true')) / ownNs).toBeCloseTo(1, 1);
    const front = result.ledger.filter((row) => row.work === 'blkfront');
    const frontNs = front.reduce((sum, row) => sum + row.ns, 0);
    expect(perFile(frontNs) / COSTS.blkfrontRequestNs).toBeCloseTo(requests, 0);
  });
});

describe('every scan', () => {
  const busy = (where: string, seed: number, over: Partial<ModelInput> = {}) =>
    simulate(
      machineInput({
        warmupNs: SECOND_NS / 10,
        durationNs: SECOND_NS,
        processes: [tripwire(where, files(1000, 50_000, 50)), webServer('vm1')],
        clients: [httperf(3000)],
        costs: { ...COSTS, deviceInterruptNs: 1000 },
        ...over,
      }),
      seed,
    );

  it('is the same for the same seed, and another for another', () => {
    expect(busy('vm1', 3)).toEqual(busy('vm1', 3));
    expect(busy('vm1', 3).ledger).not.toEqual(busy('vm1', 4).ledger);
  });

  it('accounts for all CPU time, and reads no more than the disk can', () => {
    const inputs = fc.record({
      where: fc.constantFrom('dom0', 'vm1'),
      pcpus: fc.integer({ min: 1, max: 2 }),
      capPct: fc.integer({ min: 0, max: 100 }),
      cachePages: fc.integer({ min: 0, max: 2000 }),
      everyNs: fc.integer({ min: 0, max: SECOND_NS }),
      seed: fc.integer(),
      tree: fc.array(
        fc.record({
          files: fc.integer({ min: 1, max: 200 }),
          meanBytes: fc.integer({ min: 1, max: 300_000 }),
          spread: fc.double({ min: 0, max: 2, noNaN: true }),
          contiguousPct: fc.integer({ min: 0, max: 100 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    });
    fc.assert(
      fc.property(inputs, ({ where, pcpus, capPct, cachePages, everyNs, tree, seed }) => {
        const all = Array.from({ length: pcpus }, (_, p) => p);
        const result = busy(where, seed, {
          pcpus,
          disk: { ...DISK, pageCacheBytes: cachePages * PAGE },
          domains: [domain('dom0', { affinity: all }), domain('vm1', { affinity: all, capPct })],
          processes: [{ ...tripwire(where, ...tree), everyNs }, webServer('vm1')],
        });
        const workNs = result.ledger.reduce((sum, row) => sum + row.ns, 0);
        expect(workNs + total(result, 'idle')).toBe(SECOND_NS * pcpus);
        expect(result.ledger.filter(({ work }) => work === '')).toEqual([]);
        // A request that began before the measuring may end in it.
        const most = DISK.bytesPerSecond + 32 * PAGE;
        expect(total(result, 'disk:bytes')).toBeLessThanOrEqual(most);
        expect(total(result, 'disk:busy')).toBeLessThanOrEqual(SECOND_NS);
      }),
      { numRuns: 40 },
    );
  });

  it('stands still while it is stopped, at any point, and goes on when continued', () => {
    const points = fc.array(fc.integer({ min: 1, max: 30_000_000 }), {
      minLength: 2,
      maxLength: 40,
    });
    // Beside an endless loop, Tripwire is at times runnable and not running: woken, or in the
    // middle of a unit of work, if the loop goes first.
    const nice = fc.integer({ min: -10, max: 10 });
    fc.assert(
      fc.property(points, nice, fc.integer(), (gapsNs, loopNice, seed) => {
        const tree = files(30, 40_000, 50);
        const process = { ...tripwire('dom0', tree), everyNs: 1000 * SECOND_NS };
        const machine = assemble(
          [machineInput({ processes: [process, loop('loop', 'dom0', loopNice)] })],
          seed,
        );
        const { kernels, processes } = machine.parts;
        const kernel = kernels[0]!;
        const { tasks, made } = processes[0]!;
        const { task } = tasks[0]!;
        const scanned = (series: string) => made.totals!.find(({ key }) => key === series)!.read();
        const bytes = () => scanned(scanSeries.bytes(process.name));
        let nowNs = 0;
        for (const gapNs of gapsNs) {
          nowNs += gapNs;
          const before = bytes();
          machine.runUntil(nowNs);
          if (task.stopped) {
            expect(bytes()).toBe(before);
            kernel.continueTask(task);
          } else if (kernel.current !== task) {
            kernel.stopTask(task);
          }
        }
        kernel.continueTask(task);
        machine.runUntil(nowNs + 60 * SECOND_NS);
        expect(scanned(scanSeries.scans(process.name))).toBe(1);
        expect(bytes()).toBe(30 * 40_000);
      }),
      { numRuns: 60 },
    );
  });
});
