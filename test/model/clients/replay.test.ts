import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClientInputOf, simulate } from '../../../src/model/index.js';
import { httperf, machineInput, SECOND_NS, snort, webServer } from '../machine-input.js';
import { total } from '../readings.js';

const MS = 1e6;

function replay(timesNs: readonly number[]): ClientInputOf<'replay'> {
  const { rate: _rate, connectNs: _connectNs, ...base } = httperf(1);
  return { ...base, kind: 'replay', clockSkewPpm: 0, timesNs: Float64Array.from(timesNs) };
}

function run(timesNs: readonly number[]) {
  return simulate(
    machineInput({ warmupNs: 0, processes: [webServer('vm1')], clients: [replay(timesNs)] }),
    1,
  );
}

it('opens one connection per time, in the second that it is in', () => {
  const millisecond = fc.integer({ min: 0, max: 9_900 });
  fc.assert(
    fc.property(fc.array(millisecond, { maxLength: 60 }), (milliseconds) => {
      const timesNs = milliseconds.map((ms) => ms * MS).sort((a, b) => a - b);
      const result = run(timesNs);
      const expected = Array.from(
        { length: 10 },
        (_, s) => timesNs.filter((ns) => Math.floor(ns / SECOND_NS) === s).length,
      );
      const attempts = result.series.find(({ key }) => key === 'client:httperf:attempts')!;
      expect([...attempts.values]).toEqual(expected);
      expect(total(result, 'client:httperf:replies')).toBe(timesNs.length);
    }),
    { numRuns: 20 },
  );
});

it('opens them at their own times, not at the next tick', () => {
  // The first reply comes as soon after its time as that of a connection on a tick.
  const responses = [0.2, 0.7].map((part) => {
    const result = run([100 * MS, 200 * MS + part * MS]);
    return total(result, 'client:httperf:response') / 2;
  });
  expect(Math.abs(responses[0]! - responses[1]!)).toBeLessThan(0.2 * MS);
});

it('leaves out what comes after the end', () => {
  expect(total(run([1 * SECOND_NS, 30 * SECOND_NS]), 'client:httperf:attempts')).toBe(1);
});

describe('pages of their own', () => {
  const times = Array.from({ length: 300 }, (_, i) => 100 * MS + i * 7.3 * MS);
  const watched = (pageBytes: number, pages?: readonly number[]) => {
    const client = replay(times);
    return simulate(
      machineInput({
        warmupNs: 0,
        processes: [snort('dom0', 'vm1'), webServer('vm1', 128, pageBytes)],
        clients: [pages === undefined ? client : { ...client, pageBytes: Int32Array.from(pages) }],
      }),
      1,
    );
  };
  const packets = (result: ReturnType<typeof watched>) => total(result, 'sniffer:snort:offered');

  it("that are the server's change nothing", () => {
    for (const size of [1024, 1218, 1219, 20_000]) {
      const same = watched(
        size,
        times.map(() => size),
      );
      expect(same).toEqual(watched(size));
    }
  });

  it('are what they are of whoever has them: also in the buffer of a sniffer that is full', () => {
    const lost = (pageBytes: number, pages?: readonly number[]) => {
      const client = { ...replay(times), name: 'client' };
      const sniffer = { ...snort('dom0', 'vm1'), startNs: 100 * SECOND_NS };
      return simulate(
        machineInput({
          warmupNs: 0,
          processes: [sniffer, webServer('vm1', 128, pageBytes)],
          clients: [pages ? { ...client, pageBytes: Int32Array.from(pages) } : client],
        }),
        1,
      );
    };
    for (const size of [200, 20_000]) {
      const own = lost(
        1024,
        times.map(() => size),
      );
      expect(total(own, 'sniffer:snort:missed')).toBeGreaterThan(0);
      expect(own).toEqual(lost(size));
    }
  });

  it('are as many segments as their bytes need', () => {
    const sizes = times.map((_, i) => [200, 1500, 40_000][i % 3]!);
    const each = [200, 1500, 40_000].map((size) => packets(watched(size)) / times.length);
    const sum = sizes.reduce((all, _, i) => all + each[i % 3]!, 0);
    expect(packets(watched(1024, sizes))).toBe(sum);
    // A segment and its acknowledgement for each 1448 bytes more.
    expect(each[2]! - each[0]!).toBe(2 * (Math.ceil((40_000 + 230) / 1448) - 1));
  });
});
