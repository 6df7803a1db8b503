/** Programs that are not the model's own. */
import { describe, expect, test } from 'vitest';
import {
  loadExperiment,
  runExperiment,
  withMetrics,
  withProcesses,
} from '../../src/library/index.js';
import { type ProgramKind, simulate } from '../../src/model/index.js';
import type { ProcessBase } from '../../src/model/input.js';

const loop = loadExperiment('loop');
const input = { ...loop.variants[0]!.input, durationNs: 2e9 };

/** What the model's own endless loop does. */
const SPIN: ProgramKind<ProcessBase> = {
  plan: () => () => ({
    program: { begin: () => Number.POSITIVE_INFINITY, finish: () => undefined },
  }),
};

const spinning = {
  ...input,
  processes: input.processes.map((process) => ({ ...process, program: 'spin' as const })),
};

const process = { name: 'ann', domain: 'vm1', nice: 0, startNs: 0, program: 'spin' };

describe('a program from outside', () => {
  test('gets the CPU as one of the model would', () => {
    const own = simulate(input, 1);
    const others = simulate(spinning, 1, { programs: { spin: SPIN } });
    expect(others.series).toEqual(own.series);
    expect(others.runstates).toEqual(own.runstates);
    expect(others.events).toBe(own.events);
    const named = own.ledger.map((row) => (row.work === 'loop' ? { ...row, work: 'spin' } : row));
    expect(others.ledger).toEqual(named);
  });

  test('shares it with one of the model, by weight and nice value', async () => {
    const shared = withProcesses(loop, () => [process]);
    const { variants } = await runExperiment(shared, {
      variants: ['cfs'],
      seeds: [1],
      durationNs: 5e9,
      programs: { spin: SPIN },
    });
    const { process_ann_true_pct: ann, process_loop1_true_pct: loop1 } = variants[0]!.summary;
    expect(ann?.mean).toBeCloseTo(50, 0);
    expect(loop1?.mean).toBeCloseTo(50, 0);
  });

  test('has to be there, under a name of its own', () => {
    expect(() => simulate(spinning as never, 1)).toThrow('spin, but there is no such program');
    const shadowing = { programs: { loop: SPIN } };
    expect(() => simulate(input as never, 1, shadowing)).toThrow('loop, but the model has its own');
  });
});

describe('an added process', () => {
  test.each([
    [{ ...process, name: 'loop1' }, 'process "loop1": got a name that is taken'],
    [{ ...process, name: 'idle' }, 'process "idle": got a name that is taken'],
    [{ ...process, name: '7' }, 'process "7": name: got "7"; allowed: letters'],
    [{ ...process, domain: 'vm3' }, 'domain: got "vm3"; allowed: dom0, vm1, vm2'],
    [{ ...process, nice: 20 }, 'nice: got 20; allowed:'],
    [{ ...process, startNs: 0.5 }, 'startNs: got 0.5; allowed:'],
    [{ ...process, program: 'loop' }, 'program: got "loop"; allowed: a name that no program'],
  ])('is checked: %o', (wrong, message) => {
    expect(() => withProcesses(loop, () => [wrong])).toThrow(`loop, variant o1-steal: `);
    expect(() => withProcesses(loop, () => [wrong])).toThrow(message);
  });

  test('is checked against those that are added with it', () => {
    expect(() => withProcesses(loop, () => [process, process])).toThrow('got a name that is taken');
  });
});

describe('an added metric', () => {
  const [own] = withMetrics(loop, () => []).variants;
  const recipe = {
    name: 'mine_pct',
    unit: '%',
    label: 'Mine',
    description: 'The same as a standard metric',
    factor: 100,
    numerator: ['process:loop1:true'],
    denominator: 'ns' as const,
  };

  test('is measured and summed up like a standard one, in workers and here', async () => {
    expect(own?.metrics).toEqual([]);
    const measured = withMetrics(loop, () => [recipe]);
    const options = { variants: ['cfs'], seeds: [1, 2], durationNs: 2e9 };
    const [plain] = (await runExperiment(loop, options)).variants;
    for (const programs of [undefined, {}]) {
      const [variant] = (await runExperiment(measured, { ...options, programs })).variants;
      const { mine_pct: mine, ...standard } = variant!.summary;
      expect(mine).toEqual(standard.process_loop1_true_pct);
      expect(standard).toEqual(plain!.summary);
      expect(variant!.metrics.at(-1)?.name).toBe('mine_pct');
    }
  });

  test.each([
    ['vm1 pct', 'letters, digits, - and _'],
    ['process_loop1_true_pct', 'a name that no other metric of the variant has'],
  ])('is checked: %s', (name, allowed) => {
    expect(() => withMetrics(loop, () => [{ ...recipe, name }])).toThrow(
      `loop, variant o1-steal: got the metric "${name}"; allowed: ${allowed}`,
    );
  });

  test('says which series there are if it reads another', async () => {
    const wrong = withMetrics(loop, () => [{ ...recipe, numerator: ['process:loop1:tru'] }]);
    const run = runExperiment(wrong, { variants: ['cfs'], seeds: [1], durationNs: 1e9 });
    await expect(run).rejects.toThrow('did you mean process:loop1:true?');
  });
});
