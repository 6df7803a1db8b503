import { describe, expect, it } from 'vitest';
import { Softirqs, WAKE_KSOFTIRQD } from '../../../src/model/guest/softirqs.js';
import { endless, LoneGuest, MS } from './lone-guest.js';

/** Linux 2.6: `MAX_SOFTIRQ_RESTART`. */
const PASSES = 10;

/** Softirqs whose only one raises itself again each time. */
function raisingItself() {
  const softirqs = new Softirqs();
  let runs = 0;
  const number = softirqs.open({
    begin: () => {
      runs++;
      return 5;
    },
    finish: () => softirqs.raise(number),
  });
  softirqs.raise(number);
  /** Runs them as a kernel does, until they hand over. */
  const drain = () => {
    runs = 0;
    let got = softirqs.begin();
    for (; got > 0; got = softirqs.begin()) softirqs.finish();
    return { runs, got };
  };
  return { softirqs, drain };
}

describe('softirqs that raise themselves', () => {
  it('run ten times in a row, then wake ksoftirqd and wait for it', () => {
    const { softirqs, drain } = raisingItself();
    expect(drain()).toEqual({ runs: PASSES, got: WAKE_KSOFTIRQD });
    expect(softirqs.isPending()).toBe(true);
    expect(drain()).toEqual({ runs: 0, got: 0 });
    // An interrupt, or ksoftirqd's turn.
    softirqs.restart();
    expect(drain()).toEqual({ runs: PASSES, got: WAKE_KSOFTIRQD });
  });

  it('have their ten passes anew once nothing was left to do', () => {
    const softirqs = new Softirqs();
    let left = 0;
    const number = softirqs.open({
      begin: () => 1,
      finish: () => {
        if (--left > 0) softirqs.raise(number);
      },
    });
    for (let round = 0; round < 3; round++) {
      left = PASSES;
      softirqs.raise(number);
      let runs = 0;
      for (let got = softirqs.begin(); got !== 0; got = softirqs.begin()) {
        expect(got).toBe(1);
        softirqs.finish();
        runs++;
      }
      expect(runs).toBe(PASSES);
    }
  });
});

describe('a pass', () => {
  it('takes those raised before it by number, and those raised in it in the next', () => {
    const softirqs = new Softirqs();
    const done: string[] = [];
    const open = (name: string, raises: () => void = () => {}) =>
      softirqs.open({
        begin: () => {
          done.push(name);
          return 1;
        },
        finish: raises,
      });
    const first = open('first');
    let again = true;
    const second = open('second', () => {
      if (again) softirqs.raise(first);
      again = false;
    });
    const third = open('third');
    softirqs.raise(third);
    softirqs.raise(second);
    while (softirqs.begin() > 0) softirqs.finish();
    expect(done).toEqual(['second', 'third', 'first']);
  });

  it('is the same for one that goes on, which is done before those after it', () => {
    const softirqs = new Softirqs();
    const done: string[] = [];
    let left = 3 * PASSES;
    const first = softirqs.open({
      begin: () => {
        done.push('first');
        return 1;
      },
      finish: () => {
        if (--left > 0) softirqs.goOn();
        else softirqs.raise(second);
      },
    });
    const second = softirqs.open({
      begin: () => {
        done.push('second');
        return 1;
      },
      finish: () => {},
    });
    softirqs.raise(first);
    softirqs.raise(second);
    let got = softirqs.begin();
    for (; got > 0; got = softirqs.begin()) softirqs.finish();
    // Two passes: nothing is left to ksoftirqd.
    expect(got).toBe(0);
    expect(done).toEqual([...Array(3 * PASSES).fill('first'), 'second', 'second']);
  });

  it('goes on to the next if one has no work', () => {
    const softirqs = new Softirqs();
    softirqs.raise(softirqs.open({ begin: () => 0, finish: () => {} }));
    softirqs.raise(softirqs.open({ begin: () => 7, finish: () => {} }));
    expect(softirqs.begin()).toBe(7);
    softirqs.finish();
    expect(softirqs.begin()).toBe(0);
    expect(softirqs.isPending()).toBe(false);
  });
});

describe('in a kernel', () => {
  it('ksoftirqd has its turns beside the others, and each interrupt ten passes', () => {
    const [startNs, endNs] = [100 * MS, 11_100 * MS];
    const guest = new LoneGuest([{ program: endless }], { scheduler: 'o1-2.6.16' });
    const { softirqs } = guest.kernel;
    let runs = 0;
    const number = softirqs.open({
      begin: () => {
        runs++;
        return MS / 10;
      },
      finish: () => softirqs.raise(number),
    });
    guest.inInterrupt(startNs, () => softirqs.raise(number));
    guest.runUntil(endNs);
    // The process has ten ticks, in each of which an interrupt lets ten passes run, 1 ms of 10;
    // then ksoftirqd, of nice 19, has one tick, all of it for the softirq: 20 ms of 110.
    expect((runs * MS) / 10 / (endNs - startNs)).toBeCloseTo(2 / 11, 2);
  });
});
