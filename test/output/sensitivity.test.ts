import { describe, expect, test } from 'vitest';
import { findings } from '../../src/claims/sensitivity/findings.js';
import type { Survey } from '../../src/claims/sensitivity/survey.js';
import { sensitivityFiles } from '../../src/output/sensitivity/csv.js';
import { renderSensitivity } from '../../src/output/sensitivity/report.js';
import { readCsv } from './csv-reader.js';

const costs = ['cheap', 'dear'];
const points: Survey['points'] = [
  { kind: 'base', factors: new Map(), outcomes: [{ margin: 2, unit: '%' }] },
  ...[0.7, 1.3].map((factor) => ({
    kind: 'one' as const,
    factors: new Map([['dear', factor]]),
    outcomes: [{ margin: factor === 1.3 ? -1 : 3, unit: '%' }],
  })),
  ...[0.7, 1.3].map((factor) => ({
    kind: 'one' as const,
    factors: new Map([['cheap', factor]]),
    outcomes: [{ margin: 2, unit: '%' }],
  })),
];
const survey: Survey = { claims: [{ id: 'X1', statement: 'What is said.' }], costs, points };
const found = findings(survey);

describe('the heat map', () => {
  test.each([
    [true, /dear +██\+/, /cheap +··/],
    [false, /dear +##\+/, /cheap +\.\./],
  ])(
    'shows how strong a cost is and where the claim fails (unicode %s)',
    (unicode, dear, cheap) => {
      const text = renderSensitivity(survey, found, { columns: 80, color: false, unicode });
      expect(text).toMatch(dear);
      expect(text).toMatch(cheap);
    },
  );

  test.each([40, 60, 80, 200])('of many claims fits %i columns', (columns) => {
    const many: Survey = {
      ...survey,
      claims: Array.from({ length: 20 }, (_, i) => ({ id: `X${i}`, statement: '' })),
      points: points.map((point) => ({
        ...point,
        outcomes: Array.from({ length: 20 }, () => point.outcomes[0] ?? { margin: 0, unit: '' }),
      })),
    };
    const text = renderSensitivity(many, findings(many), { columns, color: false, unicode: true });
    const widths = text.split('\n').map((line) => [...line].length);
    expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
    for (let i = 0; i < 20; i++) expect(text).toMatch(new RegExp(`\\bX${i}\\b`));
  });
});

test('the files have a row a point and cost, a point and claim, a claim and cost', () => {
  const files = new Map(
    sensitivityFiles(survey, found).map(({ name, content }) => [name, readCsv(content)]),
  );
  expect([...files.keys()]).toEqual(['points.csv', 'outcomes.csv', 'effects.csv']);
  expect(files.get('points.csv')).toHaveLength(1 + 4);
  expect(files.get('outcomes.csv')?.[3]).toEqual(['2', 'one', 'X1', '-1', '%', 'no']);
  expect(files.get('effects.csv')).toHaveLength(1 + 2);
});
