/** The claims as data, against the shipped experiments. */
import { describe, expect, test } from 'vitest';
import { ALL_CLAIMS, CLAIMS, claimsAbout } from '../../src/claims/catalog.js';
import type { Claim, Condition } from '../../src/claims/claim.js';
import { experimentsOf } from '../../src/claims/claim.js';
import { judge, judgeClaim, withOwnClaims } from '../../src/claims/judge.js';
import { metricsOf } from '../../src/definition/metrics/metrics.js';
import { loadCatalog } from '../../src/files/experiment-catalog.js';
import { TARGETS } from '../../src/run/calibration/targets.js';
import type { MeasuredExperiment } from '../../src/run/runner.js';
import { breakdown, measuredExperiment, measuredVariant } from './measured.js';

const catalog = loadCatalog();

interface Level {
  readonly value: number;
  /** Added for each further metric, and for each further variant. */
  readonly step: number;
  /** What each further variant has of the one before. */
  readonly part?: number;
}

/** Results of all experiments, with two seeds that agree. */
function results({ value, step, part = 1 }: Level): MeasuredExperiment[] {
  return catalog.map(({ id, variants }) =>
    measuredExperiment(
      id,
      variants.map((variant, v) => {
        const names = metricsOf(variant.input, variant.subject).map(({ name }) => name);
        const means = names.map((_, m) => (value + (m + v) * step) * part ** v);
        const base = measuredVariant(variant.id, names, [means, means]);
        const breakdownPct = breakdown(
          value === 0 ? { own: 1 } : { network: 1, 'other-interrupts': 1 },
        );
        const inside = { breakdownPct, networkInsidePct: value === 0 ? 0 : 100 };
        return { ...base, runs: base.runs.map((run) => ({ ...run, ...inside })) };
      }),
    ),
  );
}

/** Results of every kind: high, low, equal, rising, falling. */
const LEVELS = [
  ...[0, 1, 20, 30, 40, 50, 60, 70, 75, 80, 90, 95, 100, 1000].flatMap((value) =>
    [0, 10, -10].map((step) => ({ value, step })),
  ),
  { value: 0, step: 1000 },
  { value: 0, step: -1000 },
  ...[0.44, 0.66, 0.95, 0.96].map((part) => ({ value: 1000, step: 0, part })),
].map(results);

function verdictsOf(condition: Condition, claim: Claim) {
  const one = { ...claim, conditions: [condition] };
  return LEVELS.map((level) => {
    const result = judgeClaim(one, level);
    return 'missing' in result ? result.missing : result.verdict;
  });
}

/** When it is measured, in seconds after the warm-up; null for the whole time. */
function windowOf({ measure }: Condition) {
  return 'window' in measure ? (measure.window ?? null) : null;
}

/** All that is asked, alternatives included. */
const conditions = ALL_CLAIMS.flatMap((claim) => {
  const alternatives = (claim.alternatives ?? []).flatMap(({ criteria, ...what }) =>
    criteria.map((criterion): Condition => ({ ...what, ...criterion })),
  );
  return [...claim.conditions, ...alternatives].map((condition) => ({ claim, condition }));
});

test('the claims are all that the paper makes about its experiments', () => {
  const ids = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'T1', 'T2', 'T3'];
  const measurement = ['M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M7'];
  expect(CLAIMS.map(({ id }) => id)).toEqual([...ids, ...measurement]);
});

test('after them come what it argues, says of others, and does not say', () => {
  const others = ALL_CLAIMS.slice(CLAIMS.length);
  expect(ALL_CLAIMS.slice(0, CLAIMS.length)).toEqual(CLAIMS);
  const kinds = { A: 'argued', C: 'argued', R: 'related', E: 'unclaimed' } as const;
  for (const { id, figure, paper, evidence, basis } of others) {
    const kind = kinds[id.charAt(0) as keyof typeof kinds];
    // R7 and on are what those published of them who built them.
    expect(evidence).toBe(kind === 'related' && Number(id.slice(1)) > 6 ? 'cited' : kind);
    // What was said after the runs is no prediction.
    expect(basis === 'observed').toBe(evidence === 'unclaimed');
    expect(figure).toMatch(evidence === 'unclaimed' ? /^none$/ : /^section /);
    expect(paper === 'nothing').toBe(evidence === 'unclaimed');
  }
});

test('all of them can be judged by the shipped experiments', () => {
  const { claims, unjudged } = judge(ALL_CLAIMS, results({ value: 50, step: 0 }));
  expect(unjudged).toEqual([]);
  for (const [i, { id, alternatives, causes }] of claims.entries()) {
    // What cannot be measured is left out without a word; no verdict goes without a cause.
    const claim = ALL_CLAIMS[i];
    const measured = [id, alternatives.length, causes.length];
    expect(measured).toEqual([id, claim?.alternatives?.length ?? 0, claim?.causes.length]);
    expect(causes.length, id).toBeGreaterThan(0);
  }
});

test.each(conditions.map((one) => [one.claim.id, one.condition.label, one] as const))(
  '%s, %s: can hold, and can fail',
  (_, __, { claim, condition }) => {
    const verdicts = verdictsOf(condition, claim);
    expect(verdicts).toContain('holds');
    expect(verdicts).toContain('fails');
  },
);

test('labels tell the conditions and alternatives of a claim apart, and its causes', () => {
  for (const { id, conditions: own, alternatives = [], causes } of ALL_CLAIMS) {
    for (const some of [[...own, ...alternatives], causes]) {
      const labels = some.map(({ label }) => label);
      expect(new Set(labels).size).toBe(labels.length);
      // Whole ones: no part is missing at their ends, or between.
      for (const label of labels) expect(label, id).toMatch(/^\w(?!.* {2}).*[\w)%]$/);
    }
  }
});

test('the windows on the loops are those in which one or both run', () => {
  const loop = catalog.find(({ id }) => id === 'loop');
  for (const { input } of loop?.variants ?? []) {
    const startsS = input.processes.map(({ startNs }) => (startNs - input.warmupNs) / 1e9);
    const [first = Number.NaN, second = Number.NaN] = startsS;
    const windows = conditions
      .filter(({ claim, condition }) => (condition.experiment ?? claim.experiment) === 'loop')
      .map(({ condition }) => windowOf(condition));
    expect(windows.length).toBeGreaterThan(0);
    for (const window of windows) {
      const { fromS, toS } = window ?? { fromS: Number.NaN, toS: Number.NaN };
      const alone = first <= fromS && toS <= second;
      const both = second < fromS && toS <= input.durationNs / 1e9;
      expect(alone || both).toBe(true);
    }
  }
});

describe('claims are called fitted', () => {
  /** Claims with which in view a parameter got its default that the paper leaves open. */
  const CHOSEN: Readonly<Record<string, string>> = {
    S1: 'ids_window',
    T3: 'law',
    M2: 'proc_total',
    M4: 'rate',
  };
  const calibrated = catalog.find(({ id }) => id === 'snort');
  const fitted = CLAIMS.filter(({ basis }) => basis === 'fitted').map(({ id }) => id);
  const follow = CLAIMS.filter(({ experiment, conditions: own }) =>
    own.every(
      (one) => (one.experiment ?? experiment) === calibrated?.id && followsFromTargets(one),
    ),
  ).map(({ id }) => id);

  /** Whether what is measured is made of targets of the calibration and nothing else. */
  function followsFromTargets({ measure }: Condition): boolean {
    switch (measure.kind) {
      case 'metrics':
        return isSumOfTargets(measure.variant, measure.metrics);
      case 'metric-difference':
        return [measure.metrics, measure.minus].every((metrics) =>
          isSumOfTargets(measure.variant, metrics),
        );
      case 'variant-difference':
        return [measure.variant, measure.minus].every((variant) =>
          isSumOfTargets(variant, [measure.metric]),
        );
      default:
        return false;
    }
  }

  function isSumOfTargets(variant: string, metrics: readonly string[]): boolean {
    const total = calibrated?.variants.find(({ id }) => id === variant)?.subject?.total ?? [];
    const parts = metrics.flatMap((name) => (name === 'total_cpu_pct' ? total : [name]));
    const within = TARGETS.filter(
      (target) =>
        target.defaultPct !== undefined &&
        target.experiment === calibrated?.id &&
        target.variant === variant &&
        target.metrics.every((one) => parts.includes(one)),
    );
    return parts.every((part) => within.some((target) => target.metrics.includes(part)));
  }

  test('whose values follow from what the costs are fitted to', () => {
    expect(follow).toEqual(['S2', 'S3', 'S5']);
    expect(fitted).toEqual(expect.arrayContaining(follow));
  });

  test('to which a choice was made that the paper leaves open, and no others', () => {
    const others = fitted.filter((id) => !follow.includes(id));
    expect(others.toSorted()).toEqual(Object.keys(CHOSEN).toSorted());
  });

  test('if costs name them; those also name the target that is no claim', () => {
    const costs = catalog.flatMap(({ variants }) =>
      variants.flatMap(({ machine }) => Object.values(machine.costs)),
    );
    const fits = [...new Set(costs.flatMap((cost) => cost.fits ?? []))];
    const pctOfChoice = TARGETS.find(({ name }) => name === 'vm_cpu_pct')?.defaultPct;
    expect(fits.length).toBeGreaterThan(0);
    for (const text of fits) {
      expect(follow).toEqual(expect.arrayContaining(text.match(/\b[A-Z]\d\b/g) ?? ['none']));
      expect(text).toContain(`${pctOfChoice}%`);
    }
  });
});

test('which claims cannot fail in this model', () => {
  const fixed = ALL_CLAIMS.filter(({ basis }) => basis === 'by construction').map(({ id }) => id);
  // M1, M3 and M7 are what a loop is charged by definition; S6 follows from S1, S3 and S5. C1 and
  // C2 follow from what a scheduler does with a VCPU that waits, or with a core that has one only;
  // C4 from what a cage without an IDS is. R1, R3 and R6 are what SEDF, ShareGuard and SEDF-DC are,
  // R12 what containers are.
  const others = ['C1', 'C2', 'C4', 'M1', 'M3', 'M7', 'R1', 'R12', 'R3', 'R6', 'S6'];
  expect(fixed.toSorted()).toEqual(others);
});

test('a reason says why a claim is no evidence, and of no other', () => {
  for (const { id, reason, basis } of ALL_CLAIMS) {
    const said = [/\bFitted: /.test(reason), /\bBy construction: /.test(reason)];
    expect([id, ...said]).toEqual([id, basis === 'fitted', basis === 'by construction']);
  }
});

test('what the paper has for each claim', () => {
  const of = (evidence: string) =>
    ALL_CLAIMS.filter((claim) => claim.evidence === evidence).map(({ id }) => id);
  // "is considered to be the reason" (section 5.1); "is difficult" (4.2); sections 2, 3 and 6.
  expect(of('argued')).toEqual(['S6', 'M7', 'A1', 'A2', 'A3', 'C1', 'C2', 'C3', 'C4']);
  // Section 7, on what others built.
  expect(of('related')).toEqual(['R1', 'R2', 'R3', 'R4', 'R5', 'R6']);
  // "would be expected" (5.3).
  expect(of('expected')).toEqual(['M6']);
  // "was limited so that it can use at most 30%" (5.2).
  expect(of('setting')).toEqual(['T3']);
  // The plots of figures 4 to 12.
  const measured = ['S1', 'S2', 'S3', 'S4', 'S5', 'T1', 'T2', 'M1', 'M2', 'M3', 'M4', 'M5'];
  expect(of('measured')).toEqual(measured);
  for (const { figure, evidence } of CLAIMS)
    expect(figure === 'text').toBe(evidence !== 'measured');
});

describe('what claims depend on', () => {
  test('is asked of other experiments, and of variants that differ in it', () => {
    const asked = ALL_CLAIMS.flatMap(({ id, experiment, alternatives = [] }) =>
      alternatives.map((one) => `${id} ${one.experiment ?? experiment} ${one.measure.variant}`),
    );
    expect(asked).toEqual(
      expect.arrayContaining([
        'S1 ids-window a-1',
        'S1 kernel-threads apart',
        'S1 kernel-threads own',
        'S4 debiting offload-exact',
        'S6 kernel-threads own',
        'T1 tripwire not-enforced',
        // "With another VM on the same core, or if nothing is pinned".
        'C2 multicore split-company',
        'C2 multicore unpinned',
        // "Unmodified", or with what came out before.
        'R9 containers cgi-lrp',
      ]),
    );
    const tripwire = catalog.find(({ id }) => id === 'tripwire');
    const cage = (variant: string) =>
      tripwire?.variants.find(({ id }) => id === variant)?.input.cages[0];
    expect(cage('not-enforced')).toEqual({ ...cage('offloadcage'), enforce: false });
  });

  test('no condition is one that holds by construction', () => {
    // Where the IDS is domain 0's only process, no other page tables are ever loaded there.
    const kinds = CLAIMS.flatMap(({ conditions: own }) => own.map(({ measure }) => measure.kind));
    expect(kinds).not.toContain('network-inside');
  });
});

describe('an experiment alone', () => {
  const alone = (
    id: string,
    change: (one: MeasuredExperiment) => MeasuredExperiment = (x) => x,
  ) => {
    const one = results({ value: 50, step: 0 }).find((result) => result.id === id);
    if (one === undefined) throw new Error(`no experiment ${id}`);
    const { claims, unjudged } = withOwnClaims(change(one));
    return { judged: claims.map((claim) => claim.id), unjudged };
  };

  test('has the claims that need nothing else', () => {
    expect(alone('snort').judged).toEqual(['S1', 'S2', 'S3', 'S4', 'S5', 'S6']);
    expect(alone('snort').unjudged).toEqual([]);
    expect(alone('loop').judged).toEqual(['M1', 'M2', 'M3', 'M7']);
    expect(alone('loop').unjudged).toEqual([]);
    for (const [id, own] of [
      ['accounting-snort', 'M4'],
      ['accounting-tripwire', 'M5'],
    ] as const) {
      expect(alone(id).judged).toEqual([own]);
      expect(alone(id).unjudged.map((one) => one.id)).toEqual(['M6']);
      expect(alone(id).unjudged[0]?.reason).toMatch(/^needs experiment accounting-\w+, too: /);
    }
  });

  test('with some variants leaves claims about the others unjudged', () => {
    const { judged, unjudged } = alone('snort', (one) => ({
      ...one,
      variants: one.variants.filter(({ id }) => id === 'offload'),
    }));
    expect(judged).toEqual(['S2', 'S3']);
    expect(unjudged.map(({ id, reason }) => `${id}: ${reason}`)).toEqual([
      'S1: variant offloadcage was not run',
      'S4: variant no-offload was not run',
      'S5: variant no-offload was not run',
      'S6: variant offloadcage was not run',
    ]);
  });

  test('of too short a time leaves claims about the rest of it unjudged', () => {
    const { judged, unjudged } = alone('loop', (one) => ({
      ...one,
      variants: one.variants.map((variant) => ({
        ...variant,
        timesS: variant.timesS.slice(0, 45),
      })),
    }));
    expect(judged).toEqual([]);
    expect(unjudged.map(({ id }) => id)).toEqual(['M1', 'M2', 'M3', 'M7']);
    expect(unjudged[0]?.reason).toBe('needs the time up to 60 s, and 45 s were measured');
  });

  test('of the user’s own has no claims', () => {
    expect(claimsAbout('mine')).toEqual([]);
    const own = { ...measuredExperiment('mine', []), claims: [] };
    expect(withOwnClaims(own)).toMatchObject({ claims: [], unjudged: [] });
  });
});

test('a claim about several experiments is known to each', () => {
  for (const claim of ALL_CLAIMS) {
    for (const id of experimentsOf(claim)) expect(claimsAbout(id)).toContain(claim);
  }
});

test('what a claim has in common with a table has the same name there', () => {
  for (const { id, experiment: own, conditions, causes } of ALL_CLAIMS) {
    for (const { label, measure, experiment } of [...conditions, ...causes]) {
      if (measure.kind !== 'metrics' || measure.window !== undefined) continue;
      const [name, ...others] = measure.metrics;
      if (others.length > 0 || name?.startsWith('process_')) continue;
      const variants = catalog.find((one) => one.id === (experiment ?? own))?.variants ?? [];
      const variant = variants.find((one) => one.id === measure.variant);
      const metrics = variant === undefined ? [] : metricsOf(variant.input, variant.subject);
      const inTable = metrics.find((metric) => metric.name === name)?.label ?? '';
      expect(label.slice(0, inTable.length), id).toBe(inTable);
      expect(inTable, id).not.toBe('');
    }
  }
});
