/** What the table of fits concludes from the claims at each. */
import { expect, test } from 'vitest';
import { fitMarkdown, type JudgedFit } from '../../src/output/calibration/fit-table.js';
import { PLAIN } from '../../src/output/terminal/ink.js';

type Verdict = 'holds' | 'fails' | 'undecided';

/** S1 is of those with numbers, S2 is not. */
function fitAt(pct: number, s1: Verdict, s2: Verdict): JudgedFit {
  const claim = (id: string, verdict: Verdict) => ({ id, verdict, conditions: [] });
  const at_costs = { claims: [claim('S1', s1), claim('S2', s2)], served: [] };
  return {
    outcome: 'found',
    targets: { vm: pct, dom0: 20 },
    costs_us: { web_request: 1, dom0_packet: 2, snort_packet: 3 },
    errors_pct: null,
    readings: {},
    rounds: [],
    at_costs: at_costs as unknown as NonNullable<JudgedFit['at_costs']>,
  };
}

const conclusion = (...fits: JudgedFit[]) => fitMarkdown(fits, PLAIN).slice(-2);
const NUMBERS = 'S1, S3, S5 and T1, for which the paper gives numbers,';

test('claims hold together where each of them holds', () => {
  const fits = [fitAt(33, 'holds', 'holds'), fitAt(34, 'holds', 'fails')];
  expect(conclusion(...fits, fitAt(35, 'undecided', 'holds'))).toEqual([
    `${NUMBERS} hold at vm 33; vm 34.`,
    'All of these claims hold at vm 33.',
  ]);
});

test('or at none', () => {
  const fits = [fitAt(33, 'fails', 'holds'), fitAt(34, 'undecided', 'holds')];
  expect(conclusion(...fits)).toEqual([
    `${NUMBERS} hold together at none of these.`,
    'All of these claims hold together at none of these.',
  ]);
});
