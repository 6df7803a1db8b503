/** The network receive softirq: who is polled, how often, and how much in one run. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NetRx, type Poller } from '../../../src/model/devices/net-rx.js';
import { Softirqs, WAKE_KSOFTIRQD } from '../../../src/model/guest/softirqs.js';

/** Linux 2.6: the weight of a device, `netdev_budget`, and `MAX_SOFTIRQ_RESTART`. */
const POLL = 64;
const RUN = 300;
const PASSES = 10;

/** Devices that hold so many packets, each of which takes 1 ns. */
function devices(...waiting: number[]) {
  const softirqs = new Softirqs();
  const netRx = new NetRx(softirqs, { poll: POLL, run: RUN });
  const polls: { device: number; packets: number; left: number[] }[] = [];
  const numbers = waiting.map((_, device) => {
    const poller: Poller & { batch: number } = {
      batch: 0,
      begin: (most) => {
        poller.batch = Math.min(most, waiting[device] ?? 0);
        return poller.batch;
      },
      finish: () => {
        waiting[device] = (waiting[device] ?? 0) - poller.batch;
        polls.push({ device, packets: poller.batch, left: [...waiting] });
        return waiting[device] > 0;
      },
    };
    return netRx.add(poller);
  });
  const arrive = (device: number, packets: number) => {
    waiting[device] = (waiting[device] ?? 0) + packets;
    netRx.schedule(numbers[device] ?? 0);
  };
  for (const [device, packets] of waiting.entries()) if (packets > 0) arrive(device, 0);
  /** Runs softirqs as a kernel does, until they hand over; something may happen in each poll. */
  const run = (inPoll = () => {}) => {
    let got = softirqs.begin();
    for (; got > 0; got = softirqs.begin()) {
      inPoll();
      softirqs.finish();
    }
    return got;
  };
  return { polls, arrive, run };
}

describe('the network receive softirq', () => {
  it('takes 300 packets in a run, 64 in a poll, and goes on in the next pass', () => {
    const { polls, run } = devices(RUN + 100);
    run();
    const inFirstRun = [POLL, POLL, POLL, POLL, RUN - 4 * POLL];
    expect(polls.map(({ packets }) => packets)).toEqual([...inFirstRun, POLL, 100 - POLL]);
  });

  it('leaves to ksoftirqd what ten runs do not finish', () => {
    expect(devices(PASSES * RUN).run()).toBe(0);
    const { polls, run } = devices(PASSES * RUN + 1);
    expect(run()).toBe(WAKE_KSOFTIRQD);
    expect(polls.at(-1)?.left).toEqual([1]);
  });

  it('polls all that have packets in turn, until none has any', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(400), { minLength: 2, maxLength: 4 }), (waiting) => {
        const { polls, run } = devices(...waiting);
        run();
        waiting.forEach((packets, device) => {
          const own = polls.filter((poll) => poll.device === device);
          expect(own.reduce((sum, poll) => sum + poll.packets, 0)).toBe(packets);
        });
        // Between two polls of one device, each other that still has packets is polled once.
        polls.forEach(({ device, left }, first) => {
          const after = polls.findIndex((poll, i) => i > first && poll.device === device);
          if (after < 0) return;
          const between = polls.slice(first + 1, after).map((poll) => poll.device);
          const expected = left.flatMap((packets, i) => (i !== device && packets > 0 ? [i] : []));
          expect(between.sort()).toEqual(expected);
        });
      }),
    );
  });

  it('is not raised for packets of a device that it polls already', () => {
    const { arrive, run } = devices(PASSES * RUN);
    // One pass more, if only to find nothing, would be ksoftirqd's.
    expect(run(() => arrive(0, 0))).toBe(0);
  });
});
