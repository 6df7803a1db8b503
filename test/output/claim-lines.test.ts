import { describe, expect, test } from 'vitest';
import { claimLines } from '../../src/output/terminal/claim-lines.js';
import { verdictPaint } from '../../src/output/terminal/claims-list.js';
import { createInk, PLAIN } from '../../src/output/terminal/ink.js';
import { widthOf } from '../../src/output/words/text.js';
import { experimentFixture } from './experiment-fixture.js';

const { claims } = experimentFixture();
const lines = (columns: number, ink = PLAIN) => claimLines({ claims, unjudged: [] }, ink, columns);

describe('the claims in short', () => {
  test('have one line each, with id, verdict, and ours against the rule', () => {
    const [s1 = ''] = lines(100).filter((line) => line.startsWith('S1'));
    expect(s1).toMatch(/^S1 +✔ holds +VM \+ Snort +49\.90 ± 0\.40 % +47\.5 to 52\.5$/);
    const single = claims.filter(({ conditions }) => conditions.length === 1);
    for (const { id } of single) {
      const at = lines(100).findIndex((line) => line.startsWith(id));
      expect(lines(100)[at + 1]).toMatch(/^(S|Fitted)/);
    }
  });

  test('have each condition of a rule by its name', () => {
    const at = lines(100).findIndex((line) => line.startsWith('S3'));
    const [first = '', second = ''] = lines(100).slice(at);
    expect(first).toMatch(/^S3 +undecided +Snort, charged \(CR3\) +64\.80 .* 55 to 65$/);
    expect(second).toMatch(/^ +VM +39\.60 .* at most 50\.5$/);
  });

  test('say below a claim how far it is met', () => {
    const at = lines(100).findIndex((line) => line.startsWith('S4'));
    expect(lines(100)[at + 2]).toMatch(/^ +wrong sign$/);
  });

  test.each([40, 60, 80, 140])('fit into %i columns with nothing left out', (columns) => {
    for (const ink of [PLAIN, createInk({ color: true, unicode: false })]) {
      const text = lines(columns, ink);
      expect(Math.max(...text.map(widthOf))).toBeLessThanOrEqual(columns);
      expect(text.join(' ').replace(/\s+/g, ' ')).toContain('47.5 to 52.5');
    }
  });

  test('say which claims are no evidence', () => {
    expect(lines(100).slice(-2)).toEqual([
      'Fitted, so no independent evidence: S3, S5.',
      'True by construction, so no evidence: S6.',
    ]);
  });

  test('end with what was not judged, and why', () => {
    const unjudged = claims.map(({ id, figure, statement }) => ({
      id,
      figure,
      statement,
      reason: 'one seed has no interval',
    }));
    expect(claimLines({ claims: [], unjudged }, PLAIN, 80)).toEqual([
      'Claims of the paper: 6 not judged',
      '',
      'Not judged: S1, S2, S3, S4, S5, S6 (one seed has no interval).',
    ]);
  });
});

test('each verdict has a colour of its own, and a failure is red', () => {
  const ink = createInk({ color: true, unicode: true });
  const painted = (['holds', 'fails', 'undecided'] as const).map((one) =>
    verdictPaint(one, ink)('x'),
  );
  expect(new Set(painted).size).toBe(3);
  expect(painted.map((text) => /\[(1;)?[39]1m/.test(text))).toEqual([false, true, false]);
});
