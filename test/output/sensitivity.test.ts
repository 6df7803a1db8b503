import { describe, expect, test } from 'vitest';
import { findings } from '../../src/claims/sensitivity/findings.js';
import type { Survey } from '../../src/claims/sensitivity/survey.js';
import { SENSITIVITY_FILES, sensitivityFiles } from '../../src/output/sensitivity/files.js';
import { renderSensitivity } from '../../src/output/sensitivity/sensitivity-report.js';
import { survivalTable } from '../../src/output/sensitivity/survival-table.js';
import { PLAIN } from '../../src/output/terminal/ink.js';
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

test('the table gives what decides a claim a line of its own where there is no room', () => {
  const cost = 'softirq_work_of_domain_0';
  const effect = {
    cost,
    survivesBelow: true,
    survivesAbove: false,
    change: -1,
    correlation: -0.91,
  };
  const finding = { claim: 'X1', margin: 2, unit: 'points', survivesPct: 48, effects: [effect] };
  const table = (columns: number) =>
    survivalTable([{ ...finding, decidedBy: effect }], PLAIN, columns);
  expect(table(80)).toHaveLength(3);
  expect(table(80)[2]).toMatch(/^X1 +2\.00 points +48 % +softirq_work_of_domain_0 \(-0\.91\)$/);
  expect(table(40).slice(3)).toEqual([
    expect.stringMatching(/^X1 +2\.00 points +48 %$/),
    `    ${cost} (-0.91)`,
  ]);
  for (const columns of [40, 60, 80]) {
    for (const line of table(columns)) expect(line.length).toBeLessThanOrEqual(columns);
  }
});

test('the files have one row per point and cost, point and claim, claim and cost', () => {
  const written = sensitivityFiles(survey, found, 'offloadcage verify --sensitivity X1');
  const files = new Map(written.map(({ name, content }) => [name, content]));
  expect([...files.keys()]).toEqual(SENSITIVITY_FILES);
  const tables = ['points.csv', 'outcomes.csv', 'effects.csv'];
  const [points, outcomes, effects] = tables.map((name) => readCsv(files.get(name) ?? ''));
  expect(points).toHaveLength(1 + 4);
  expect(outcomes?.[3]).toEqual(['2', 'one', 'X1', '-1', '%', 'no']);
  expect(effects).toHaveLength(1 + 2);
  const { offloadcage, resources } = JSON.parse(files.get('datapackage.json') ?? '');
  expect(offloadcage.written_by).toBe('offloadcage verify --sensitivity X1');
  expect(resources.map(({ path }: { path: string }) => path)).toEqual(tables);
  const heads = resources.map(({ schema }: { schema: { fields: { name: string }[] } }) =>
    schema.fields.map(({ name }) => name),
  );
  expect(heads).toEqual([points?.[0], outcomes?.[0], effects?.[0]]);
});
