import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ledger, type WorkKind } from '../../../src/model/guest/ledger.js';
import { OwedWork } from '../../../src/model/guest/owed-work.js';

const KINDS: WorkKind[] = ['a', 'b', 'c', 'd', 'e'].map((work) => ({
  context: 'kernel',
  work,
  beneficiary: -1,
}));

describe('OwedWork', () => {
  it('books under each kind exactly what was owed, however it is paid', () => {
    const debts = fc.array(fc.record({ kind: fc.nat(4), ns: fc.nat(10_000), pay: fc.nat(10_000) }));
    fc.assert(
      fc.property(debts, (steps) => {
        const ledger = new Ledger(1, 1, KINDS);
        const owed = new OwedWork(KINDS.length);
        const due = [0, 0, 0, 0, 0];
        for (const { kind, ns, pay } of steps) {
          owed.add(kind, ns);
          due[kind]! += ns;
          const before = owed.totalNs;
          expect(owed.pay(pay, ledger, 0)).toBe(Math.max(0, pay - before));
          expect(owed.totalNs).toBe(Math.max(0, before - pay));
        }
        owed.pay(Infinity, ledger, 0);
        expect([...ledger.ns]).toEqual(due);
      }),
    );
  });
});
