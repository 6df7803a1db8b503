/** Domains that have one share: their credit is neither lost nor handed out twice. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Allowance } from '../../../src/model/hypervisor/allocation.js';
import { CreditScheduler } from '../../../src/model/hypervisor/credit/credit-scheduler.js';

const TICK_CREDITS = 100;
const PERIOD_CREDITS = 300;

interface Player {
  readonly weight: number;
  /** The only PCPU that it may run on. */
  readonly pcpu: number;
  /** Of each 100 ticks it wants to run in so many, which come in one piece, and rests in others. */
  readonly duty: number;
}

interface Game {
  readonly pcpus: number;
  readonly members: readonly Player[];
  readonly others: readonly Player[];
  /** Of the members together; 0 = the sum of theirs; null = they are no group. */
  readonly groupWeight: number | null;
  /** What the members together may have, period by period. */
  readonly capsPct: readonly number[];
}

const allowed = (capPct: number): Allowance => ({ capPct, parkCapPct: capPct, shareDebitPct: 0 });

/** All players, and what they paid; there is nothing but ticks. */
class Play {
  readonly scheduler: CreditScheduler;
  /** By player: credits taken from it. */
  readonly paid: number[];
  /** What the caps have allowed the members so far, in credits. */
  capCredits = 0;
  private readonly players: readonly Player[];
  private allowance = allowed(0);
  private ticks = 0;

  constructor(private readonly game: Game) {
    const { pcpus, members, others, groupWeight } = game;
    this.players = [...members, ...others];
    this.paid = this.players.map(() => 0);
    this.scheduler = new CreditScheduler({
      pcpus,
      domains: this.players.map(({ weight }) => ({ weight, capPct: 0 })),
      vcpus: this.players.map(({ pcpu }, domain) => ({ domain, pcpu, affinity: [pcpu] })),
      groups:
        groupWeight === null
          ? []
          : [{ domains: members.map((_, domain) => domain), weight: groupWeight }],
    });
    this.scheduler.allocation = {
      atTick: () => {},
      beforeAccounting: () => {},
      allowanceOf: (domain) => (domain < members.length ? this.allowance : null),
    };
    for (const vcpu of this.scheduler.vcpus) this.scheduler.unpause(vcpu);
    this.settle();
  }

  /** One accounting period, and the end of all slices. */
  period(): void {
    const { scheduler, game } = this;
    for (let tick = 1; tick <= 3; tick++) {
      this.wakeAndBlock();
      for (const pcpu of scheduler.pcpus) {
        if (pcpu.current !== pcpu.idle) this.paid[pcpu.current.number]! += TICK_CREDITS;
        scheduler.debit(pcpu);
      }
      if (tick === 3) {
        const capPct = game.capsPct[((this.ticks / 3) % game.capsPct.length) | 0]!;
        this.allowance = allowed(capPct);
        this.capCredits += Math.ceil((capPct * PERIOD_CREDITS) / 100);
        scheduler.account();
      }
      for (const pcpu of scheduler.pcpus) {
        scheduler.resort(pcpu);
        if (tick === 3) scheduler.requestReschedule(pcpu);
      }
      this.settle();
      this.ticks++;
    }
  }

  /** What the members have paid. */
  get membersPaid(): number {
    return this.game.members.reduce((sum, _, i) => sum + this.paid[i]!, 0);
  }

  /** What each member holds. */
  get held(): number[] {
    return this.game.members.map((_, i) => this.scheduler.vcpus[i]!.credit);
  }

  /** What those hold that take part. */
  get activeCredit(): number {
    const { scheduler } = this;
    return scheduler.vcpus.reduce(
      (sum, vcpu) => sum + (scheduler.isActive(vcpu) ? vcpu.credit : 0),
      0,
    );
  }

  private wakeAndBlock(): void {
    this.players.forEach(({ duty }, i) => {
      const vcpu = this.scheduler.vcpus[i]!;
      // Each begins elsewhere in its cycle.
      const wants = (this.ticks + 37 * i) % 100 < duty;
      if (wants) this.scheduler.wake(vcpu);
      else if (!vcpu.isBlocked()) this.scheduler.block(vcpu);
    });
    this.settle();
  }

  private settle(): void {
    const { scheduler } = this;
    while (scheduler.isPending()) scheduler.reschedule(scheduler.nextPending());
  }
}

const player = (pcpus: number, duty: fc.Arbitrary<number>): fc.Arbitrary<Player> =>
  fc.record({ weight: fc.integer({ min: 1, max: 1024 }), pcpu: fc.nat(pcpus - 1), duty });
const anyDuty = fc.oneof(fc.constantFrom(0, 100), fc.nat(100));
const groupWeight = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 1024 }));

describe('a group of domains', () => {
  it('never has more than its caps allowed, nor holds or owes more than two periods', () => {
    const game = fc.integer({ min: 1, max: 3 }).chain((pcpus) =>
      fc.record({
        pcpus: fc.constant(pcpus),
        members: fc.array(player(pcpus, anyDuty), { minLength: 2, maxLength: 5 }),
        others: fc.array(player(pcpus, anyDuty), { maxLength: 2 }),
        groupWeight,
        capsPct: fc.array(fc.double({ min: 0, max: 100, noNaN: true }), {
          minLength: 1,
          maxLength: 5,
        }),
      }),
    );
    fc.assert(
      fc.property(game, (one) => {
        const play = new Play(one);
        let most = Number.NEGATIVE_INFINITY;
        let farthest = 0;
        let isBalanced = true;
        for (let period = 0; period < 300; period++) {
          play.period();
          isBalanced &&= play.scheduler.balance === play.activeCredit;
          const held = play.held.reduce((sum, credit) => sum + credit, 0);
          most = Math.max(most, play.membersPaid + held - play.capCredits);
          farthest = Math.max(farthest, ...play.held.map(Math.abs));
        }
        expect(isBalanced).toBe(true);
        expect(most).toBeLessThanOrEqual(0);
        expect(farthest).toBeLessThanOrEqual(2 * PERIOD_CREDITS);
      }),
      { numRuns: 200 },
    );
  });

  /** Members that have no rivals but each other; the first always wants to run. */
  const alone = (pcpus: number) =>
    fc.record({
      pcpus: fc.constant(pcpus),
      members: fc
        .tuple(
          player(pcpus, fc.constant(100)),
          fc.array(player(pcpus, anyDuty), { minLength: 1, maxLength: 4 }),
        )
        .map(([first, rest]) => [first, ...rest]),
      others: fc.constant([]),
      groupWeight,
      capsPct: fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 5 }),
    });

  it('has all that its caps allow while one member wants it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }).chain(alone), (one) => {
        const play = new Play(one);
        for (let period = 0; period < 300; period++) play.period();
        const most = 2 * PERIOD_CREDITS * one.members.length;
        expect(play.membersPaid).toBeGreaterThan(play.capCredits - most);
      }),
      { numRuns: 200 },
    );
  });

  it('has all of a cap of several PCPUs if so many members want a whole one', () => {
    const members = fc.array(fc.integer({ min: 1, max: 1024 }), { minLength: 2, maxLength: 3 });
    fc.assert(
      fc.property(members, fc.integer({ min: 1, max: 100 }), (weights, capOf100) => {
        const pcpus = weights.length;
        const capPct = capOf100 * pcpus;
        const play = new Play({
          pcpus,
          members: weights.map((_, pcpu) => ({ weight: 512, pcpu, duty: 100 })),
          others: [],
          groupWeight: 0,
          capsPct: [capPct],
        });
        for (const [i, weight] of weights.entries()) {
          play.scheduler.adjust(i, { weight, capPct: 0 });
        }
        for (let period = 0; period < 300; period++) play.period();
        const most = 2 * PERIOD_CREDITS * pcpus;
        expect(Math.abs(play.membersPaid - play.capCredits)).toBeLessThan(most);
      }),
    );
  });

  it('divides its cap by weight among those that want it', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 2, maxLength: 4 });
    const idle = fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 2 });
    fc.assert(
      fc.property(
        weights,
        idle,
        fc.integer({ min: 1, max: 60 }),
        (busyWeights, idleWeights, cap) => {
          const of = (duty: number) => (weight: number) => ({ weight, pcpu: 0, duty });
          const play = new Play({
            pcpus: 1,
            members: [...busyWeights.map(of(100)), ...idleWeights.map(of(0))],
            others: [],
            groupWeight: 0,
            capsPct: [cap],
          });
          for (let period = 0; period < 1000; period++) play.period();
          const sum = busyWeights.reduce((total, weight) => total + weight, 0);
          busyWeights.forEach((weight, i) => {
            const expected = (play.capCredits * weight) / sum;
            expect(Math.abs(play.paid[i]! - expected)).toBeLessThan(2 * PERIOD_CREDITS);
          });
        },
      ),
      { numRuns: 50 },
    );
  });

  it('has its weight, whoever of it wants to run, or that of those who do', () => {
    const share = (groupWeight: number, duties: readonly number[]) => {
      const play = new Play({
        pcpus: 1,
        members: duties.map((duty) => ({ weight: 256, pcpu: 0, duty })),
        others: [{ weight: 256, pcpu: 0, duty: 100 }],
        groupWeight,
        capsPct: [Number.POSITIVE_INFINITY],
      });
      for (let period = 0; period < 1000; period++) play.period();
      return Math.round(play.membersPaid / (10 * PERIOD_CREDITS));
    };
    // Two members, as Xen forgives debts of VCPUs with small shares, in a group or not.
    for (const duties of [
      [100, 100],
      [0, 100],
      [20, 100],
    ]) {
      expect(Math.abs(share(256, duties) - 50), `${duties}`).toBeLessThan(3);
      expect(Math.abs(share(768, duties) - 75), `${duties}`).toBeLessThan(3);
    }
    expect(share(0, [100, 100])).toBe(67);
    expect(share(0, [0, 100])).toBe(50);
  });

  it('without a cap is forgiven debts beyond 300, as any domain is', () => {
    const play = new Play({
      pcpus: 1,
      members: [100, 0].map((duty) => ({ weight: 1, pcpu: 0, duty })),
      others: [{ weight: 1024, pcpu: 0, duty: 30 }],
      groupWeight: 0,
      capsPct: [Number.POSITIVE_INFINITY],
    });
    for (let period = 0; period < 100; period++) play.period();
    expect(Math.min(...play.held)).toBe(-300);
  });

  it('of one is that domain with the weight of the group', () => {
    const game = fc.record({
      pcpus: fc.constant(2),
      members: fc.tuple(player(2, anyDuty)),
      others: fc.array(player(2, anyDuty), { maxLength: 3 }),
      groupWeight: fc.integer({ min: 1, max: 1024 }),
      capsPct: fc.array(fc.nat(100), { minLength: 1, maxLength: 3 }),
    });
    fc.assert(
      fc.property(game, (one) => {
        const [member] = one.members;
        const group = new Play(one);
        const lone = new Play({
          ...one,
          members: [{ ...member, weight: one.groupWeight }],
          groupWeight: null,
        });
        for (let period = 0; period < 100; period++) {
          group.period();
          lone.period();
          expect([group.paid, group.held]).toEqual([lone.paid, lone.held]);
        }
      }),
    );
  });

  it('keeps what a member holds when it sits out, and a domain alone loses it', () => {
    const heldAfterRest = (alone: boolean) => {
      const rest = { weight: 256, pcpu: 0, duty: 0 };
      const group = alone ? [{ ...rest, duty: 1 }] : [{ ...rest, duty: 1 }, rest];
      const play = new Play({
        pcpus: 1,
        members: group,
        others: [],
        groupWeight: 0,
        capsPct: [60],
      });
      // It pays for one tick, and then has 180 credits three times.
      for (let period = 0; period < 20; period++) play.period();
      return play.held[0]!;
    };
    expect(heldAfterRest(false)).toBe(3 * 180 - TICK_CREDITS);
    expect(heldAfterRest(true)).toBe(0);
  });

  it('takes part again only when a member has used what it held', () => {
    const play = new Play({
      pcpus: 1,
      members: [
        { weight: 256, pcpu: 0, duty: 4 },
        { weight: 256, pcpu: 0, duty: 0 },
      ],
      others: [],
      groupWeight: 512,
      capsPct: [100],
    });
    const active = () => play.scheduler.isActive(play.scheduler.vcpus[0]!);
    play.period();
    // 3 ticks, and 300 credits.
    expect([play.held[0], active(), play.scheduler.activeWeight]).toEqual([0, true, 512]);
    play.period();
    // The fourth tick.
    expect([play.held[0], active(), play.scheduler.activeWeight]).toEqual([200, true, 512]);
    play.period();
    expect([play.held[0], active(), play.scheduler.activeWeight]).toEqual([500, false, 0]);
    for (let period = 3; period < 33; period++) play.period();
    expect([play.paid[0], play.held[0], active()]).toEqual([400, 500, false]);
    play.period();
    // From the 100th tick on it runs again; after two it holds 300, and is given as much.
    expect([play.paid[0], play.held[0], active()]).toEqual([600, 600, false]);
    play.period();
    // After four it holds 400, which is still too much.
    expect([play.paid[0], play.held[0], active()]).toEqual([800, 400, false]);
  });

  it('parks a member below minus its part of the credit of the cap', () => {
    const parked = (weights: readonly number[], capPct: number) => {
      const play = new Play({
        pcpus: weights.length,
        members: weights.map((weight, pcpu) => ({ weight, pcpu, duty: 100 })),
        others: [],
        groupWeight: 0,
        capsPct: [capPct],
      });
      play.period();
      return play.scheduler.vcpus.map((vcpu) => vcpu.isParked());
    };
    // Each owes 300 and is given its part: it is parked if that leaves less than minus the part.
    expect(parked([1, 1], 100)).toEqual([false, false]);
    expect(parked([1, 1], 99)).toEqual([true, true]);
    expect(parked([1, 3], 70)).toEqual([true, false]);
    expect(parked([1, 3], 66)).toEqual([true, true]);
  });

  it('has the smaller of cap and weight, each less what is taken off, and divides that', () => {
    const credits = (allowance: Allowance) => {
      const scheduler = new CreditScheduler({
        pcpus: 3,
        domains: [1, 3, 4].map((weight) => ({ weight, capPct: 0 })),
        vcpus: [0, 1, 2].map((domain) => ({ domain, pcpu: domain, affinity: [domain] })),
        groups: [{ domains: [0, 1], weight: 2 }],
      });
      scheduler.allocation = {
        atTick: () => {},
        beforeAccounting: () => {},
        allowanceOf: (domain) => (domain < 2 ? allowance : null),
      };
      for (const vcpu of scheduler.vcpus) scheduler.unpause(vcpu);
      for (const pcpu of scheduler.pcpus) scheduler.reschedule(pcpu);
      // Who comes last is the first to be given credit: it gets nothing that others leave.
      for (const pcpu of scheduler.pcpus.toReversed()) scheduler.debit(pcpu);
      scheduler.account();
      return scheduler.vcpus.slice(0, 2).map(({ credit }) => credit + TICK_CREDITS);
    };
    // A third of 900 credits; less 20% of a PCPU; and 40% of one.
    const whole = { capPct: Infinity, parkCapPct: Infinity, shareDebitPct: 0 };
    expect(credits(whole)).toEqual([75, 225]);
    expect(credits({ ...whole, shareDebitPct: 20 })).toEqual([60, 180]);
    expect(credits({ ...whole, shareDebitPct: 20, capPct: 40 })).toEqual([30, 90]);
    expect(credits({ ...whole, shareDebitPct: 80, capPct: 40 })).toEqual([15, 45]);
  });
});
