import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type ClientInputOf, simulate } from '../../../src/model/index.js';
import { httperf, machineInput, SECOND_NS, webServer } from '../machine-input.js';
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
