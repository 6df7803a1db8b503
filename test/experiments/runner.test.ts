import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/base/input-error.js';
import { loadDefinition } from '../../src/files/load-definition.js';
import type { ModelInput } from '../../src/model/input.js';
import { definitionHash } from '../../src/run/definition-hash.js';
import { doRuns, type RunTask } from '../../src/run/run-task.js';
import { runExperiment, runExperiments } from '../../src/run/runner.js';
import { definitionFile, SMALL, TWO_LOOPS } from './definition-files.js';

const definition = loadDefinition(definitionFile(TWO_LOOPS));

describe('runExperiment', () => {
  test('two loops share the CPU by weight', async () => {
    const seen: number[] = [];
    const result = await runExperiment(definition, {
      seeds: [1, 2],
      jobs: 1,
      onProgress: (done, total) => {
        expect(total).toBe(4);
        seen.push(done);
      },
    });
    expect(seen).toEqual([0, 1, 2, 3, 4]);
    expect(result).toMatchObject({ id: 'small', seeds: [1, 2], durationS: 10, sampleS: 1 });
    // Nobody has judged it yet.
    expect([result.claims, result.unjudged]).toEqual([[], []]);
    expect(result.variants.map((variant) => variant.id)).toEqual(['even', 'double']);
    const [even, double] = result.variants;
    expect(even?.summary.domain_vm1_cpu_pct?.mean).toBeCloseTo(50, -0.5);
    expect(double?.summary.domain_vm1_cpu_pct?.mean).toBeCloseTo(33.3, -0.5);
    expect(even?.summary.idle_pct).toMatchObject({ mean: 0, sd: 0, ci95: [0, 0], n: 2, unit: '%' });
    expect(even?.timesS).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(even?.runs.map((run) => run.seed)).toEqual([1, 2]);
    expect(even?.runs[0]?.values).toHaveLength(even?.metrics.length ?? 0);
    expect(even?.breakdown).toEqual([]);
  });

  test('a part: one variant, another duration, the figures that are left', async () => {
    const part = { seeds: [0], variants: ['double'], durationNs: 2e9, jobs: 1 };
    const result = await runExperiment(definition, part);
    expect(result.variants.map((variant) => variant.id)).toEqual(['double']);
    expect(result.durationS).toBe(2);
    expect(result.figures.map((figure) => [figure.id, figure.lines.length])).toEqual([['f', 1]]);
    expect(result.variants[0]?.summary.idle_pct).toMatchObject({ sd: null, ci95: null, n: 1 });
  });

  test.each([
    [{ variants: ['evn'] }, '--variant: got "evn"; allowed: even, double; did you mean even?'],
    [{ seeds: [] }, 'seeds: got none'],
    [{ seeds: [1.5] }, 'seeds: got 1.5'],
    [{ seeds: [1, 1] }, 'seeds: got 1; allowed: whole numbers, each once'],
    [{ durationNs: 1e15 }, '--duration: got 1000000s, 1000000 samples of 1s; allowed: at most'],
  ])('refuses %j', async (options, message) => {
    await expect(runExperiment(definition, options)).rejects.toThrow(InputError);
    await expect(runExperiment(definition, options)).rejects.toThrow(message);
  });

  test('an abort ends it with the reason', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const running = runExperiment(definition, {
      jobs: 1,
      signal: controller.signal,
      onProgress: (done) => done === 1 && controller.abort(reason),
    });
    await expect(running).rejects.toBe(reason);
  });
});

describe('runExperiments', () => {
  const other = loadDefinition(definitionFile(SMALL.replace('id: small', 'id: other')));

  test('gives what each experiment gives alone, and counts the runs of all', async () => {
    const seen: [number, number][] = [];
    const wanted = [
      { definition, seeds: [1, 2], durationNs: 2e9 },
      { definition: other, seeds: [7] },
      { definition, seeds: [3], variants: ['double'] },
    ];
    const together = await runExperiments(wanted, {
      jobs: 1,
      onProgress: (done, total) => seen.push([done, total]),
    });
    const alone = [];
    for (const one of wanted) alone.push(await runExperiment(one.definition, one));
    expect(together).toEqual(alone);
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6].map((done) => [done, 6]));
  });

  test('does what is the same once, whatever it is called', async () => {
    const totals = new Set<number>();
    const again = loadDefinition(definitionFile(SMALL.replace('id: small', 'id: again')));
    const slower = loadDefinition(definitionFile(SMALL.replace('weight: 512', 'weight: 511')));
    const wanted = [
      { definition: other, seeds: [1, 2] },
      { definition: again, seeds: [2, 3], under: 'reading x' },
      // Not the same: another time, another weight.
      { definition: other, seeds: [1], durationNs: 2e9 },
      { definition: slower, seeds: [1] },
    ];
    const together = await runExperiments(wanted, {
      jobs: 1,
      onProgress: (_, total) => totals.add(total),
    });
    expect([...totals]).toEqual([5]);
    const alone = [];
    for (const one of wanted) alone.push(await runExperiment(one.definition, one));
    expect(together).toEqual(alone);
  });

  test('seeds that are added give what all seeds at once give', async () => {
    const seen: [number, number][] = [];
    const wanted = [
      { definition, seeds: [3, 4], durationNs: 2e9 },
      { definition: other, seeds: [7], durationNs: 2e9 },
    ];
    const toAdd = [
      [1, 0],
      [0, 2],
      [0, 0],
    ];
    const grown = await runExperiments(
      wanted,
      { jobs: 1, onProgress: (done, total) => seen.push([done, total]) },
      async (results) => {
        expect(results.map(({ id }) => id)).toEqual(['small', 'other']);
        return toAdd.shift() ?? [];
      },
    );
    const whole = [
      { ...wanted[0], definition, seeds: [3, 4, 5] },
      { ...wanted[1], definition: other, seeds: [7, 8, 9] },
    ];
    expect(grown).toEqual(await runExperiments(whole, { jobs: 1 }));
    // Two variants of the first, one of the other; then what is added alone.
    const counts = [...[0, 1, 2, 3, 4, 5].map((done) => [done, 5]), [5, 7], [6, 7], [7, 7]];
    expect(seen).toEqual([...counts, [7, 9], [8, 9], [9, 9]]);
  });

  test('checks all of them before it runs any', async () => {
    const seen: number[] = [];
    const running = runExperiments(
      [
        { definition, seeds: [1] },
        { definition: other, seeds: [] },
      ],
      { jobs: 1, onProgress: (done) => seen.push(done) },
    );
    await expect(running).rejects.toThrow('seeds: got none');
    expect(seen).toEqual([]);
  });
});

describe('an error of a simulation that several readings share', () => {
  const input = definition.variants[0]?.input as ModelInput;
  const read = (name: string, more: Partial<RunTask> = {}): RunTask => ({
    name: `small, variant ${name}`,
    input,
    subject: null,
    seed: 3,
    ...more,
  });

  test('names all of them, each once', () => {
    const broken = { input: { ...input, domains: [] } };
    const tasks = [read('even', broken), read('double', broken), read('even', broken)];
    expect(() => doRuns(tasks)).toThrow(
      /^small, variant even and small, variant double, seed 3: ./,
    );
  });

  test('names only the one that it is about, if the others can be read', () => {
    const recipe = {
      name: 'mine_pct',
      unit: '%',
      label: 'Mine',
      description: 'Of a series that is not there',
      factor: 100,
      numerator: ['process:nobody:true'],
      denominator: 'ns' as const,
    };
    expect(() => doRuns([read('even'), read('double', { metrics: [recipe] })])).toThrow(
      /^small, variant double, seed 3: a metric reads the series process:nobody:true, which this/,
    );
  });
});

test('an error of a run names it so that it can be repeated', async () => {
  const variants = definition.variants.map((variant) => ({
    ...variant,
    input: { ...variant.input, domains: [] },
  }));
  const broken = { definition: { ...definition, variants }, seeds: [3] };
  const running = (under?: string) => runExperiments([{ ...broken, under }], { jobs: 1 });
  await expect(running()).rejects.toThrow(/^small, variant even, seed 3: ./);
  const reading = 'small, variant even, reading x, seed 3: ';
  await expect(running('reading x')).rejects.toThrow(reading);
});

describe('definitionHash', () => {
  const hashOf = (text: string) => definitionHash(loadDefinition(definitionFile(text)));

  test('is the same for the same experiment, however it is written', () => {
    const spaced = TWO_LOOPS.replace('weight: 512', 'weight:   512');
    const other = `# a comment\n${spaced.replace('Two', '2')}`;
    expect(hashOf(other)).toBe(hashOf(TWO_LOOPS));
    expect(hashOf(TWO_LOOPS)).toMatch(/^[0-9a-f]{16}$/);
  });

  test.each([
    ['512', '511'],
    ['duration: 10s', 'duration: 11s'],
    ['program: loop, domain: vm1', 'program: loop, nice: 1, domain: vm1'],
    ['id: small', 'id: large'],
  ])('changes with %s', (from, to) => {
    expect(hashOf(TWO_LOOPS.replace(from, to))).not.toBe(hashOf(TWO_LOOPS));
  });
});
