import { expect, test } from 'vitest';
import { collectionToJson, toJson } from '../../src/output/json/json.js';
import { experimentFixture } from './experiment-fixture.js';

const fixture = experimentFixture();

test('has the promised keys', () => {
  const json = JSON.parse(JSON.stringify(toJson(fixture, ['a.csv'])));
  expect(json).toMatchObject({ experiment: 'snort', version: '0.1.0', seeds: [1, 2, 3] });
  expect(json.files).toEqual(['a.csv']);
  expect(Object.keys(json.variants)).toEqual(['offloadcage', 'offload', 'no-offload']);
  const { mean, sd, ci95, n, unit } = json.variants.offload.summary.throughput_rps;
  expect(ci95[0]).toBeLessThan(mean);
  expect(ci95[1]).toBeGreaterThan(mean);
  expect([typeof sd, n, unit]).toEqual(['number', 3, 'replies/s']);
});

test('a claim is measured by its first condition; all of them follow', () => {
  const { claims } = toJson(fixture, []);
  expect(claims.find(({ id }) => id === 'S4')).toMatchObject({
    statement: expect.any(String),
    paper: 'plain offload > no offload > OffloadCage',
    measured: 986.2,
    ci95: [955.1, expect.closeTo(1017.3)],
    verdict: 'fails',
    finding: 'wrong sign',
    basis: 'predicted',
    evidence: 'measured',
    conditions: [
      { verdict: 'holds', finding: '' },
      { measured: -77.8, verdict: 'fails', finding: 'wrong sign' },
    ],
  });
});

test('what has no value is null', () => {
  const none = { mean: Number.NaN, sd: null, ci95: null, n: 0, unit: '%' };
  const variants = fixture.variants.map((one) => ({ ...one, summary: { x_pct: none } }));
  const { variants: json } = toJson({ ...fixture, variants }, []);
  expect(json.offload?.summary.x_pct).toEqual({
    mean: null,
    sd: null,
    ci95: null,
    n: 0,
    unit: '%',
  });
});

test('of all experiments: what each alone has, then all claims', () => {
  const other = { ...fixture, id: 'other', claims: [] };
  const unjudged = [{ id: 'X1', figure: '1', statement: 'x', reason: 'variant a was not run' }];
  const judged = { claims: fixture.claims.slice(0, 2), unjudged };
  const files = { byResult: [['a.csv'], ['b.csv']], own: ['claims.csv'] };
  const json = collectionToJson([fixture, other], judged, files);
  expect(json.experiments).toEqual({
    snort: toJson(fixture, ['a.csv']),
    other: toJson(other, ['b.csv']),
  });
  expect(json.claims).toEqual(toJson(fixture, []).claims.slice(0, 2));
  expect(json.unjudged).toEqual(unjudged);
  expect(json.files).toEqual(['claims.csv']);
});
