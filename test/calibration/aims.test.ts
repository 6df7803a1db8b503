import { describe, expect, test } from 'vitest';
import { aimsOf } from '../../src/cli/calibration/aims.js';
import { FITTED_COSTS, TARGETS } from '../../src/run/calibration/targets.js';

const valuesOf = (...texts: string[]) =>
  aimsOf(texts).map((aims) => Object.fromEntries(aims.map(({ name, pct }) => [name, pct])));

describe('aims', () => {
  test('by default one for each cost', () => {
    const [aims = [], ...others] = aimsOf([]);
    expect(others).toEqual([]);
    expect(aims.map(({ tells }) => tells)).toEqual(FITTED_COSTS);
    expect(aims.map(({ pct }) => pct)).toEqual(aims.map(({ defaultPct }) => defaultPct));
  });

  test('a named one has its value, and takes the place of the default of its cost', () => {
    expect(valuesOf('snort_cpu_pct=45')[0]).toMatchObject({ snort_cpu_pct: 45 });
    const [values = {}] = valuesOf('no_offload_dom0_cpu_pct=28.5');
    expect(values).toMatchObject({ no_offload_dom0_cpu_pct: 28.5 });
    expect(Object.keys(values)).not.toContain('no_offload_total_cpu_pct');
  });

  test('several values of one make several lists', () => {
    expect(valuesOf('snort_cpu_pct=50:60:5').map((values) => values.snort_cpu_pct)).toEqual([
      50, 55, 60,
    ]);
  });

  test('so do several targets of one cost', () => {
    const lists = valuesOf('vm_cpu_pct=34', 'tripwire_total_cpu_pct=70', 'snort_cpu_pct=55');
    expect(lists.map((values) => Object.keys(values)[0])).toEqual([
      'vm_cpu_pct',
      'tripwire_total_cpu_pct',
    ]);
    expect(lists.map((values) => values.snort_cpu_pct)).toEqual([55, 55]);
  });

  test.each([
    [['snort_cpu=45'], 'did you mean snort_cpu_pct?'],
    [['nothing=45'], 'allowed: vm_cpu_pct, '],
    [['snort_cpu_pct'], 'got "snort_cpu_pct"; allowed: '],
    [['snort_cpu_pct=0'], 'snort_cpu_pct: got 0; allowed: more than 0, at most 100'],
    [['snort_cpu_pct=101'], 'got 101; allowed: more than 0, at most 100'],
    [['snort_cpu_pct=much'], 'got "much"; allowed: more than 0, at most 100'],
    [['vm_cpu_pct=40,41', 'snort_cpu_pct=50,60'], 'got 2 values for web_request and 2 values for'],
  ])('%j is refused', (texts, hint) => {
    expect(() => aimsOf(texts)).toThrow(hint);
  });
});

test('every cost has one target by default', () => {
  for (const cost of FITTED_COSTS) {
    const own = TARGETS.filter(
      ({ tells, defaultPct }) => tells === cost && defaultPct !== undefined,
    );
    expect(own).toHaveLength(1);
  }
});
