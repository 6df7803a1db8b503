import { describe, expect, test } from 'vitest';
import { CLAIMS } from '../../../src/claims/catalog.js';
import {
  type AskedReading,
  ask,
  type Cell,
  matrixOf,
} from '../../../src/claims/readings/matrix.js';
import { READINGS, REFERENCE } from '../../../src/claims/readings/readings.js';
import { tallyOf } from '../../../src/claims/readings/tally.js';
import { loadCatalog } from '../../../src/files/experiment-catalog.js';
import { sentenceOf } from '../../../src/output/readings/sentence.js';
import { measuredExperiment } from '../measured.js';
import { SYNTHETIC, syntheticMatrix } from './synthetic.js';

const outcome = (cell: Cell) => (cell.kind === 'judged' ? cell.claim.verdict : cell.kind);
const matrix = syntheticMatrix();

describe('a matrix', () => {
  test('has a verdict per claim and reading, although no reading is the shipped set-up', () => {
    expect(matrix.columns.map(({ cells }) => cells.map(outcome))).toEqual([
      ['holds', 'holds', 'fails', 'holds', 'fails'],
      ['holds', 'fails', 'fails', 'undecided', 'fails'],
      ['not asked', 'holds', 'fails', 'fails', 'fails'],
    ]);
  });

  test('says why there is no verdict', () => {
    expect(matrix.columns[2]?.cells[0]).toEqual({
      kind: 'not asked',
      reason: 'there is no such thing',
    });
    const readings = [{ reading: REFERENCE, asked: SYNTHETIC, runs: [] }];
    const { columns } = matrixOf(SYNTHETIC, readings, [[measuredExperiment('x', [])]]);
    expect(columns[0]?.cells.map((cell) => cell.kind === 'not judged' && cell.reason)).toEqual(
      SYNTHETIC.map(() => 'variant a was not run'),
    );
  });

  test('is counted by what the paper measured', () => {
    // X1 holds wherever it can be asked, X2 and X4 in part, X3 nowhere; X5 was not measured.
    expect(tallyOf(matrix)).toEqual({
      measured: { total: 4, everywhere: 1, somewhere: 2, nowhere: 1, open: 0 },
      // X4 was fitted.
      predicted: { total: 3, everywhere: 1, somewhere: 1, nowhere: 1, open: 0 },
      held: [
        { hold: 3, judged: 4 },
        { hold: 1, judged: 4 },
        { hold: 1, judged: 3 },
      ],
    });
  });
});

describe('the sentence', () => {
  const one = 'under the reference, reading one,';

  test('says what the matrix says', () => {
    expect(sentenceOf(matrix)).toBe(
      'Of the 4 claims that the paper measured, 1 holds under every reading, 2 under some and 1 ' +
        `under none; ${one} 3 hold. 3 of them are predictions: 1 holds under every reading, 1 ` +
        'under some and 1 under none.',
    );
  });

  test('follows the verdicts', () => {
    const [first, second] = matrix.columns;
    if (first === undefined || second === undefined) throw new Error('no columns');
    expect(sentenceOf({ ...matrix, columns: [second] })).toBe(
      'Of the 4 claims that the paper measured, 1 holds under every reading, 0 under some and 3 ' +
        'under none; under the reference, reading two, 1 holds. 3 of them are predictions: 1 ' +
        'holds under every reading, 0 under some and 2 under none.',
    );
    const last = (list: readonly Cell[]) => list.slice(3);
    const columns = [{ reading: first.reading, cells: last(first.cells) }];
    expect(sentenceOf({ claims: SYNTHETIC.slice(3), columns })).toBe(
      'Of the 1 claim that the paper measured, 1 holds under every reading, 0 under some and 0 ' +
        `under none; ${one} 1 holds. None of them is a prediction.`,
    );
  });

  test('says what was not judged, and claims nothing of it', () => {
    const gap: Cell = { kind: 'not judged', reason: 'one seed has no interval' };
    const without = (isGap: (c: number) => boolean) =>
      matrix.columns.map(({ reading, cells }) => ({
        reading,
        cells: cells.map((cell, c) => (isGap(c) ? gap : cell)),
      }));
    const open = 'and of 1 what was run does not tell';
    expect(sentenceOf({ ...matrix, columns: without((c) => c === 1) })).toBe(
      'Of the 4 claims that the paper measured, 1 holds under every reading, 1 under some and 1 ' +
        `under none, ${open}; ${one} 2 hold. 3 of them are predictions: 1 holds under every ` +
        `reading, 0 under some and 1 under none, ${open}.`,
    );
    expect(sentenceOf({ ...matrix, columns: without(() => true) })).toBe(
      'What was run tells of none of the 4 claims that the paper measured.',
    );
  });

  test('of what the paper did not measure says so', () => {
    const argued = { claims: SYNTHETIC.slice(4), columns: [] };
    expect(sentenceOf(argued)).toBe('None of these claims is one that the paper measured.');
  });
});

describe('claims', () => {
  const catalog = new Map(loadCatalog().map((definition) => [definition.id, definition]));
  const find = (id: string) => {
    const found = catalog.get(id);
    if (found === undefined) throw new Error(`no experiment ${id}`);
    return found;
  };
  const all = new Map(READINGS.map((one) => [one.id, ask(CLAIMS, one, find)]));
  const reading = (id: string) => {
    const found = all.get(id);
    if (found === undefined) throw new Error(`no reading ${id}`);
    return found;
  };
  const unasked = ({ asked }: AskedReading) =>
    asked.flatMap((one, c) => ('because' in one ? (CLAIMS[c]?.id ?? '') : []));

  test('about O(1) cannot be asked where every kernel has CFS; all others can', () => {
    expect(unasked(reading('cfs'))).toEqual(['M2', 'M4', 'M5']);
    for (const { id } of READINGS) {
      if (id !== 'cfs') expect(unasked(reading(id))).toEqual([]);
    }
  });

  test('about CFS and full virtualisation keep their kernel under every reading', () => {
    const kept = { M3: 'cfs', M6: 'cfs', M7: 'cfs-hvm' };
    for (const { id } of READINGS) {
      const { runs, asked } = reading(id);
      for (const [claim, accounting] of Object.entries(kept)) {
        const one = asked[CLAIMS.findIndex((known) => known.id === claim)];
        if (one === undefined || 'because' in one) throw new Error(`${claim} is not asked`);
        for (const { experiment = one.experiment, measure } of one.conditions) {
          const { definition } = runs.find((run) => run.definition.id === experiment) ?? {};
          const variant = definition?.variants.find((known) => known.id === measure.variant);
          const vm = variant?.input.domains.find(({ name }) => name === 'vm1');
          expect(vm?.accounting).toBe(accounting);
        }
      }
    }
  });

  test('read OC-Monitor as it counts, and the true accounting as it is', () => {
    const measures = (id: string) =>
      Object.fromEntries(
        reading(id).asked.flatMap((one) =>
          'because' in one ? [] : [[one.id, one.conditions.map(({ measure }) => measure)]],
        ),
      );
    const ideal = measures('ideal');
    expect(ideal.S3?.[0]).toMatchObject({ metrics: ['ids_true_cpu_pct'] });
    expect(ideal.M1?.[0]).toMatchObject({ metrics: ['process_loop1_true_pct'] });
    expect(ideal.M4?.[0]).toMatchObject({ metrics: ['ids_true_cpu_pct'], minus: ['ids_proc_pct'] });
    // Of Snort's own work nothing is domain 0's.
    expect(ideal.S6?.[0]).toMatchObject({ of: ['own'] });
    const apart = measures('apart');
    expect(apart.T3?.[0]).toMatchObject({ metrics: ['ids_no_threads_cpu_pct'] });
    expect(apart.M3?.[0]).toMatchObject({
      metrics: ['process_loop1_no_threads_pct'],
      minus: ['process_loop1_proc_pct'],
    });
    // What VM and Snort really use does not depend on what is measured.
    const net = { metrics: ['vm_cpu_pct', 'ids_true_cpu_pct', 'dom0_net_cpu_pct'] };
    for (const id of ['source', 'ideal', 'apart']) expect(measures(id).S6?.[1]).toMatchObject(net);
  });

  test('and so do the sums of the figures', () => {
    const total = (id: string) =>
      reading(id).runs.flatMap(({ definition, variants }) =>
        definition.variants.flatMap((one) =>
          definition.id === 'snort' && variants.includes(one.id) ? [one.subject?.total] : [],
        ),
      );
    const inside = ['vm_cpu_pct', 'dom0_cpu_pct'];
    const charged = (metric: string) => [['vm_cpu_pct', metric], ['vm_cpu_pct', metric], inside];
    expect(total('source')).toEqual(charged('ids_cpu_pct'));
    expect(total('ideal')).toEqual(charged('ids_true_cpu_pct'));
    expect(total('apart')).toEqual(charged('ids_no_threads_cpu_pct'));
  });
});
