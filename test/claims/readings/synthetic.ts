/** A matrix small enough to be judged by hand; no simulation behind it. */
import type { Claim, Condition } from '../../../src/claims/claim.js';
import { type AskedReading, type Matrix, matrixOf } from '../../../src/claims/readings/matrix.js';
import type { Reading } from '../../../src/claims/readings/reading.js';
import { REFERENCE } from '../../../src/claims/readings/readings.js';
import type { Difference } from '../../../src/definition/differences.js';
import type { Evidence } from '../../../src/measure/experiment-result.js';
import { measuredExperiment, measuredVariant } from '../measured.js';

/** At least 10, of variant `a`'s metric of that name. */
const atLeast10 = (metric: string): Condition => ({
  label: `Value ${metric}`,
  measure: { kind: 'metrics', variant: 'a', metrics: [metric] },
  rule: { kind: 'atLeast', low: 10 },
});

const claim = (id: string, evidence: Evidence, ...metrics: readonly string[]): Claim => ({
  id,
  experiment: 'x',
  figure: '1',
  statement: `Statement of ${id}.`,
  paper: 'as much',
  conditions: metrics.map(atLeast10),
  causes: [],
  reason: '',
  basis: id === 'X4' ? 'fitted' : 'predicted',
  evidence,
});

/** Four claims that the paper measured, three of them predictions, and one that it argues. */
export const SYNTHETIC: readonly Claim[] = [
  claim('X1', 'measured', 'p'),
  claim('X2', 'measured', 'p', 'q'),
  claim('X3', 'measured', 'r'),
  claim('X4', 'measured', 's'),
  claim('X5', 'argued', 'r'),
];

const METRICS = ['p', 'q', 'r', 's'];

/** As it looks where a variant is not the shipped one. */
const OTHERWISE: Difference = { setting: 'cages.cage.counts', first: 'cr3', here: 'own' };

/** By reading and metric, the values of the two seeds. */
const VALUES: readonly (readonly (readonly [number, number])[])[] = [
  [
    [11, 11],
    [11, 11],
    [1, 1],
    [11, 11],
  ],
  [
    [11, 11],
    [9, 9],
    [1, 1],
    [9, 11],
  ],
  [
    [11, 11],
    [11, 11],
    [1, 1],
    [9, 9],
  ],
];

const reading = (id: string): Reading => ({ ...REFERENCE, id, title: `reading ${id}` });

/**
 * |    | one  | two       | three |
 * | X1 | ✔    | ✔         | -     |
 * | X2 | ✔ ✔  | ✔ ✘       | ✔ ✔   |
 * | X3 | ✘    | ✘         | ✘     |
 * | X4 | ✔    | undecided | ✘     |
 * | X5 | ✘    | ✘         | ✘     |
 */
export function syntheticMatrix(): Matrix {
  const readings = ['one', 'two', 'three'].map(
    (id): AskedReading => ({
      reading: id === 'one' ? { ...REFERENCE, id, title: 'reading one' } : departing(id),
      asked: SYNTHETIC.map((one) =>
        id === 'three' && one.id === 'X1' ? { because: 'there is no such thing' } : one,
      ),
      runs: [],
    }),
  );
  const results = VALUES.map((values) => {
    const bySeed = [0, 1].map((seed) => values.map((pair) => pair[seed] ?? Number.NaN));
    const variant = measuredVariant('a', METRICS, bySeed);
    return [measuredExperiment('x', [{ ...variant, unlikeShipped: [OTHERWISE] }])];
  });
  return matrixOf(SYNTHETIC, readings, results);
}

function departing(id: string): Reading {
  const { choices } = REFERENCE;
  const debit = { value: 'exact' as const, reason: `As ${id} has it.` };
  return { ...reading(id), choices: { ...choices, debit } };
}
