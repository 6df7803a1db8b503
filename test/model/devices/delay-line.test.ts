import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DelayLine } from '../../../src/model/devices/delay-line.js';

describe('DelayLine', () => {
  it('keeps the order of sending: nothing overtakes, nothing is lost', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e12 }), { maxLength: 700 }), (times) => {
        const line = new DelayLine();
        times.forEach((time, i) => {
          line.push(time, i);
          expect(line.nextNs).toBe(times[0]!);
        });
        let latest = 0;
        times.forEach((time, i) => {
          latest = Math.max(latest, time);
          expect(line.nextNs).toBe(latest);
          expect(line.shift()).toBe(i);
        });
        expect(line.nextNs).toBe(Infinity);
      }),
    );
  });
});
