import { describe, expect, test } from 'vitest';
import type {
  Basis,
  ClaimResult,
  UnjudgedClaim,
  Verdict,
} from '../../src/measure/experiment-result.js';
import { renderVerdicts, type VerdictFormat } from '../../src/output/verdicts/verdicts.js';
import { verdictCounts } from '../../src/output/words/claim-words.js';
import { experimentFixture } from './experiment-fixture.js';

const { claims } = experimentFixture();
const unjudged: UnjudgedClaim[] = [
  { id: 'T1', figure: '8', statement: 'A <claim> & #1 | more.', reason: 'variant x was not run' },
];
const print = (format: VerdictFormat, some: readonly ClaimResult[] = claims, columns = 80) =>
  renderVerdicts({ claims: some, unjudged }, format, { columns, color: false, unicode: true });

describe('text', () => {
  test.each([40, 60, 80, 120, 200])('fits %i columns and names every claim', (columns) => {
    const lines = print('text', claims, columns).split('\n');
    expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(columns);
    for (const { id } of claims) expect(lines.join('\n')).toContain(id);
    expect(lines.join(' ')).toContain('Not judged: T1');
  });

  test('tells margin and cause of each claim', () => {
    const [first] = claims as [ClaimResult];
    const cause = { label: 'Work of others', mean: 12.5, sd: 0, ci95: null, n: 1, unit: '%' };
    const text = print('text', [{ ...first, causes: [cause] }]);
    expect(text).toMatch(/margin 0\.80\spoints inside the bound/);
    expect(text).toMatch(/cause +Work of others: 12\.50\s%/);
  });

  test('a margin outside the bound says so, and for which condition', () => {
    const text = print(
      'text',
      claims.filter(({ id }) => id === 'S4'),
    );
    expect(text).toContain('outside the bound · No offload - OffloadCage');
  });
});

describe('tap', () => {
  const lines = print('tap').split('\n');

  test('plans as many as it reports', () => {
    expect(lines.slice(0, 2)).toEqual(['TAP version 13', `1..${claims.length + 1}`]);
    const points = lines.filter((line) => /^(not )?ok /.test(line));
    expect(points.map((line) => Number(/ok (\d+)/.exec(line)?.[1]))).toEqual(
      [...points.keys()].map((i) => i + 1),
    );
  });

  test('a claim that fails is not ok, one that is undecided or not judged is skipped', () => {
    expect(lines.find((line) => line.includes('S4'))).toMatch(/^not ok \d+ - S4 [^#]*$/);
    expect(lines.find((line) => line.includes('S3'))).toMatch(/^ok \d+ - S3 .*# SKIP undecided/);
    expect(lines.find((line) => line.includes('T1'))).toMatch(/^ok 7 - T1 .* # SKIP variant x/);
    // The statement's own hash mark is no directive.
    expect(lines.find((line) => line.includes('T1'))).toContain('\\#1');
  });
});

test.each(['tap', 'junit', 'markdown', 'text'] as const)(
  '%s says what is no evidence, what the paper has, and how far a claim is met',
  (format) => {
    const text = print(format).replace(/\s+/g, ' ');
    for (const words of ['by construction', 'fitted', 'argued', 'wrong sign']) {
      expect(text.toLowerCase()).toContain(words);
    }
  },
);

describe('what is counted', () => {
  const counts = (some: readonly ClaimResult[]) => verdictCounts({ claims: some, unjudged: [] });

  test('are verdicts of claims of the same basis', () => {
    const [first] = claims as [ClaimResult];
    const of = (basis: Basis, verdict: Verdict) => ({ ...first, basis, verdict });
    expect(counts([of('predicted', 'holds')])).toBe('of 1 prediction, 1 holds');
    expect(counts([of('fitted', 'fails'), of('fitted', 'fails')])).toBe('fitted: 2 fail');
    expect(counts([of('by construction', 'holds'), of('predicted', 'undecided')])).toBe(
      'of 1 prediction, 1 undecided; by construction: 1 holds',
    );
  });

  test('are, of claims about no experiment of the paper’s, by what it has for them', () => {
    const [first] = claims as [ClaimResult];
    const argued = {
      ...first,
      figure: 'section 2',
      evidence: 'argued',
      basis: 'predicted',
    } as const;
    const ours = { ...first, figure: 'none', evidence: 'unclaimed', basis: 'observed' } as const;
    const related = { ...argued, figure: 'section 7', evidence: 'related' } as const;
    expect(counts([argued, { ...argued, verdict: 'fails' }, ours, related])).toBe(
      "argued, not measured: 1 holds, 1 fails; of others' systems, not measured: 1 holds; " +
        'not in the paper: 1 holds',
    );
    // The predictions of the paper's experiments are as many as before.
    expect(counts([...claims, argued, ours, related]).startsWith(counts(claims))).toBe(true);
    // What the text says of a figure is one of them, though argued.
    expect(counts([{ ...first, figure: 'text', evidence: 'argued', basis: 'predicted' }])).toBe(
      'of 1 prediction, 1 holds',
    );
  });

  test.each(['text', 'markdown'] as const)('%s lists those apart, with a count each', (format) => {
    const [first] = claims as [ClaimResult];
    const argued = { ...first, id: 'A1', figure: 'section 2', evidence: 'argued' } as const;
    const text = print(format, [...claims, argued, { ...argued, id: 'A2' }], 200);
    const [, own = '', beyond = ''] =
      /^(.*?)What the paper argues, cites and does not see(.*)$/s.exec(text) ?? [];
    expect(own.replace(/\s+/g, ' ').toLowerCase()).toContain(counts(claims));
    expect(beyond.replace(/\s+/g, ' ').toLowerCase()).toContain('argued, not measured: 2 hold');
    expect(beyond).toMatch(format === 'text' ? /^A1 /m : /^\| A1 \|/m);
  });

  test('adds up to all claims', () => {
    const numbers = counts(claims).matchAll(/(\d+) (?:hold|fail|undecided)/g);
    const sum = [...numbers].reduce((total, [, count]) => total + Number(count), 0);
    expect(sum).toBe(claims.length);
  });
});

describe('junit', () => {
  const xml = print('junit');

  test('counts what it has', () => {
    expect(xml).toContain('tests="7" failures="1" skipped="2"');
    expect(xml.match(/<testcase /g)).toHaveLength(7);
    expect(xml.match(/<failure /g)).toHaveLength(1);
    expect(xml.match(/<skipped /g)).toHaveLength(2);
  });

  test('is well formed: every sign of markup in a text is escaped', () => {
    expect(xml).toContain('A &lt;claim&gt; &amp; #1 | more.');
    const stack: string[] = [];
    for (const [, close, name = '', empty] of xml.matchAll(/<(\/?)([a-z-]+)[^<>]*?(\/?)>/g)) {
      if (close === '/') expect(stack.pop()).toBe(name);
      else if (empty !== '/') stack.push(name);
    }
    expect(stack).toEqual([]);
  });
});

describe('markdown', () => {
  const lines = print('markdown').split('\n');
  const rows = lines.filter((line) => line.startsWith('|'));

  test('is a table of a row a claim', () => {
    expect(rows).toHaveLength(2 + claims.length);
    const cells = rows.map((row) => row.match(/(?<!\\)\|/g)?.length);
    expect(new Set(cells).size).toBe(1);
  });

  test('names what was not judged', () => {
    expect(lines).toContain('T1 was not judged: variant x was not run.');
  });
});
