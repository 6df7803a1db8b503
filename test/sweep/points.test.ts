/** Points of a grid, against files in which somebody writes the values by hand. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError } from '../../src/base/input-error.js';
import { DefinitionFiles } from '../../src/files/definition-files.js';
import { loadDefinition } from '../../src/files/load-definition.js';
import { experimentFile } from '../../src/files/shipped.js';
import type { ClientInputOf } from '../../src/model/input.js';
import { planSweep } from '../../src/sweep/plan.js';
import { definitionAt } from '../../src/sweep/points.js';
import { type SweepFlags, sweepRequest } from '../../src/sweep/request.js';
import { sweepRunner } from '../../src/sweep/run-point.js';
import { pointCount, runCount } from '../../src/sweep/sweep.js';
import { findSweep } from '../../src/sweep/sweep-file.js';
import { definitionFile, SMALL } from '../experiments/definition-files.js';

const NOTHING = {
  set: [],
  vary: [],
  zip: [],
  seed: 1,
  seeds: 1,
  variants: [],
  metrics: [],
  chart: [],
};
const planSnort = (flags: Partial<SweepFlags>) =>
  planSweep(sweepRequest(findSweep('snort'), { ...NOTHING, ...flags }));
const SNORT = readFileSync(experimentFile('snort'), 'utf8');

const inputsOf = (file: string) =>
  loadDefinition(file).variants.map(({ id, input, subject }) => ({ id, input, subject }));

test('a point is the definition with its values written into it', () => {
  const caps = fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { minLength: 1, maxLength: 3 });
  const rates = fc.uniqueArray(fc.integer({ min: 1, max: 9000 }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(caps, rates, fc.integer({ min: 1, max: 9 }), (cap, rate, warmupS) => {
      const { sweep, work } = planSnort({
        set: [`warmup=${warmupS}s`],
        vary: [`cage.cap=${cap.join(',')}`, `httperf.rate=${rate.join(',')}`],
      });
      expect(pointCount(sweep)).toBe(cap.length * rate.length);
      const machines = new DefinitionFiles(work.points.files);
      const values = cap.flatMap((one) => rate.map((other) => [one, other]));
      values.forEach(([oneCap, oneRate], point) => {
        const text = SNORT.replace(
          'processes: [snort], cap: 50',
          `processes: [snort], cap: ${oneCap}`,
        )
          .replace('rate: 4000', `rate: ${oneRate}`)
          .replace('warmup: 5s', `warmup: ${warmupS}s`);
        const { variants } = definitionAt(work.points, point, machines);
        const inputs = variants.map(({ id, input, subject }) => ({ id, input, subject }));
        expect(inputs).toEqual(inputsOf(definitionFile(text, 'snort.yaml')));
      });
    }),
    { numRuns: 20 },
  );
});

test('no variant escapes a swept path, whether it sets the same itself or not', () => {
  const file = definitionFile(`${SMALL}variants:
  as-above: { title: As above }
  own: { title: With a weight of its own, domains: { vm2: { weight: 300 } } }
  without: { title: Without, domains: { vm2: null }, processes: { two: null } }
`);
  const flags = { ...NOTHING, vary: ['vm2.weight=100,200'], variants: ['as-above', 'own'] };
  const { work } = planSweep(sweepRequest(findSweep(file), flags));
  const machines = new DefinitionFiles();
  const weights = [0, 1].map((point) =>
    definitionAt(work.points, point, machines).variants.map(
      ({ input }) => input.domains.find(({ name }) => name === 'vm2')?.weight,
    ),
  );
  // What a variant has taken away does not come back.
  expect(weights).toEqual([
    [100, 100, undefined],
    [200, 200, undefined],
  ]);
});

test('axes of --zip advance together', () => {
  const { sweep, work } = planSnort({
    zip: ['cage.cap=30,40,50', 'httperf.rate=100,200,300'],
  });
  expect(pointCount(sweep)).toBe(3);
  const machines = new DefinitionFiles();
  const found = [0, 1, 2].map((point) => {
    const [variant] = definitionAt(work.points, point, machines).variants;
    const { cages, clients } = variant!.input;
    const [client] = clients as ClientInputOf<'httperf'>[];
    return [cages[0]?.capPct, client?.rate];
  });
  expect(found).toEqual([
    [30, 100],
    [40, 200],
    [50, 300],
  ]);
});

test('what is there in one kind of a thing only tells the kind', () => {
  const windows = (name: string, set: string[] = []) => {
    const { work } = planSnort({ set, vary: [`${name}=log:100ms:10s:3`] });
    const machines = new DefinitionFiles();
    return [0, 1, 2].map((point) => {
      const [variant] = definitionAt(work.points, point, machines).variants;
      return variant?.input.cages[0]?.idsWindow;
    });
  };
  const sliding = [1e8, 1e9, 1e10].map((windowNs) => ({ kind: 'sliding', windowNs }));
  expect(windows('cage.ids_window.window')).toEqual(sliding);
  expect(windows('window')).toEqual(sliding);
  expect(() => windows('window', ['cage.ids_window.kind=period'])).toThrow(/window/);
});

test('what domains have under SEDF tells the scheduler, and goes with it', () => {
  const plan = (text: string, flags: Partial<SweepFlags>) => {
    const sweep = findSweep(definitionFile(text, 'small.yaml'));
    const { work } = planSweep(sweepRequest(sweep, { ...NOTHING, ...flags }));
    const files = new DefinitionFiles();
    return [0, 1].map((point) => {
      const [variant] = definitionAt(work.points, point, files).variants;
      return variant?.input.hypervisor;
    });
  };
  const uniform = SMALL.replace('vm2: { weight: 512 }', 'vm2: {}');
  const hypervisor = 'hypervisor: { scheduler: sedf }\n';
  const share = (sliceNs: number) => ({ periodNs: 1e8, sliceNs, extratime: true, weight: 0 });
  const slices = { vary: ['domains.vm1.sedf.slice=5ms,10ms'] };
  expect(plan(uniform, slices)).toEqual(
    [5e6, 10e6].map((sliceNs) => ({
      scheduler: 'sedf',
      debts: null,
      shares: [null, share(sliceNs), null],
    })),
  );
  const set = uniform.replace('vm1: {}', 'vm1: { sedf: { slice: 5ms } }') + hypervisor;
  expect(plan(set, { vary: ['hypervisor.scheduler=sedf,credit'] })).toEqual([
    { scheduler: 'sedf', debts: null, shares: [null, share(5e6), null] },
    { scheduler: 'credit', debit: 'sampled', boost: true },
  ]);
});

test('a run is the same whatever runs were done before it in the same thread', () => {
  const { sweep, work } = planSnort({
    set: ['duration=200ms', 'warmup=0s', 'sample=100ms'],
    vary: ['cage.cap=30,60'],
    seeds: 2,
    variants: ['offloadcage'],
    metrics: ['total_cpu_pct', 'throughput_rps'],
    chart: [],
  });
  const all = Array.from({ length: runCount(sweep) }, (_, run) => run);
  const valuesOf = (runs: readonly number[]) => {
    const runner = sweepRunner(work, null);
    return runs.map((run) => runner({ run, isKept: false }).values);
  };
  const inOrder = valuesOf(all);
  const backwards = valuesOf(all.toReversed()).toReversed();
  expect(backwards).toEqual(inOrder);
  expect(new Set(inOrder.map((values) => values.join())).size).toBe(all.length);
});

test('--duration need be no multiple of the sampling period, unless somebody says that', () => {
  const times = (flags: Partial<SweepFlags>) => {
    const { work } = planSnort({ vary: ['cage.cap=30'], ...flags });
    const { durationNs, sampleNs } = definitionAt(work.points, 0, new DefinitionFiles());
    return { durationNs, sampleNs };
  };
  expect(times({ duration: '2s' })).toEqual({ durationNs: 2e9, sampleNs: 1e9 });
  expect(times({ duration: '500ms' })).toEqual({ durationNs: 5e8, sampleNs: 5e8 });
  expect(times({ duration: '1500ms' })).toEqual({ durationNs: 15e8, sampleNs: 5e8 });
  const own = { duration: '1500ms', set: ['sample=300ms'] };
  expect(times(own)).toEqual({ durationNs: 15e8, sampleNs: 3e8 });
  expect(() => times({ ...own, duration: '500ms' })).toThrow(/multiple of the sample, 300ms/);
});

test.each([
  ['1s,1000ms', 'httperf.timeout=1s and httperf.timeout=1000ms'],
  ['4.1us,4100ns', 'httperf.timeout=4.1us and httperf.timeout=4100ns'],
  ['0,0s', 'httperf.timeout=0 and httperf.timeout=0s'],
  ['log:1ns:3ns:9', 'httperf.timeout=1ns twice'],
])('values that are one setting are refused: %s', (values, got) => {
  const message = `--vary: got ${got}; allowed: each value once`;
  expect(() => planSnort({ vary: [`httperf.timeout=${values}`] })).toThrow(message);
});

test('numbers that are one setting are refused, and so are combinations', () => {
  expect(() => planSnort({ vary: ['cage.cap=30,30.0'] })).toThrow(/got cage\.cap=30 twice/);
  const zip = ['cage.cap=30,30,30', 'httperf.timeout=1s,2s,1000ms'];
  expect(() => planSnort({ zip })).toThrow(
    'got cage.cap=30, httperf.timeout=1s and cage.cap=30, httperf.timeout=1000ms;',
  );
  expect(pointCount(planSnort({ zip: zip.map((text) => text.replace(/,[^,]*$/, '')) }).sweep)).toBe(
    2,
  );
  // The machine counts whole nanoseconds.
  expect(() => planSnort({ vary: ['machine_values.web_request=50,50.0001'] })).toThrow(
    /web_request=50 and machine_values\.web_request=50\.0001, which lead to the same settings/,
  );
});

test('a path of what no swept variant has is refused: it would change nothing', () => {
  // Without offload there is no cage.
  for (const flags of [{ vary: ['cage.cap=40,50'] }, { set: ['cage.cap=40'] }]) {
    const [flag] = Object.keys(flags);
    expect(() => planSnort({ ...flags, variants: ['no-offload'] })).toThrow(
      `--${flag}: got path cages.cage.cap; allowed: a variant that has cages.cage, `,
    );
  }
  const one = planSnort({ vary: ['cage.cap=40,50'], variants: ['no-offload', 'offloadcage'] });
  expect(pointCount(one.sweep)).toBe(2);
});

test('a sweep of a point that is wrong tells all that is wrong with it', () => {
  const plan = () => planSnort({ vary: ['cage.cap=200'], set: ['httperf.target=nobody'] });
  try {
    plan();
  } catch (error) {
    const { messages = [] } = error as InputError;
    expect(messages.length).toBeGreaterThan(1);
    for (const line of messages) {
      expect(line).toContain('point httperf.target=nobody, cage.cap=200: ');
    }
    return;
  }
  expect.unreachable();
});

test('a value with signs that would end a line is told on one line', () => {
  for (const sign of ['\r\n', '\u2028', '\0']) {
    for (const flags of [
      { vary: [`cage.enforce=~${sign}true,false`] },
      { set: [`cage.enforce=~${sign}true`], vary: ['cage.cap=40,50'] },
    ]) {
      try {
        planSnort(flags);
        expect.fail('such a value is planned');
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
        for (const line of (error as InputError).messages)
          expect(line).not.toMatch(/[\p{Cc}\p{Zl}]/u);
      }
    }
  }
});
