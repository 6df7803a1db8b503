/** Runs on worker threads. Here `dist/` is needed: build first. */
import { beforeAll, expect, test } from 'vitest';
import type { Definition } from '../../src/definition/definition.js';
import type { loadDefinition } from '../../src/files/load-definition.js';
import { type runExperiment, type runExperiments, seedList } from '../../src/run/runner.js';
import { definitionFile, TWO_LOOPS } from './definition-files.js';

let runOne: typeof runExperiment;
let runSeveral: typeof runExperiments;
let compiled: Definition;

beforeAll(async () => {
  // `npm test` builds it first; the path is no literal, as there are no types.
  const folder = '../../dist';
  ({ runExperiment: runOne, runExperiments: runSeveral } = await import(`${folder}/runner.js`));
  const library: { loadExperiment: typeof loadDefinition } = await import(`${folder}/index.js`);
  compiled = library.loadExperiment(definitionFile(TWO_LOOPS));
});

test('the number of jobs does not change the result', async () => {
  const seeds = seedList(3, 4);
  const alone = await runOne(compiled, { seeds, jobs: 1 });
  const together = await runOne(compiled, { seeds, jobs: 8 });
  expect(together).toEqual(alone);
  expect(JSON.stringify(together)).toBe(JSON.stringify(alone));
});

test('several experiments share a pool and get their own runs', async () => {
  // The second one takes longer and is started first.
  const wanted = [
    { definition: compiled, seeds: [1, 2], durationNs: 1e9 },
    { definition: compiled, seeds: [2, 3] },
  ];
  const together = await runSeveral(wanted, { jobs: 3 });
  const alone = [];
  for (const one of wanted) alone.push(await runOne(one.definition, one));
  expect(together).toEqual(alone);
});

test('an abort stops the workers', async () => {
  const controller = new AbortController();
  const reason = new Error('enough');
  const running = runOne(compiled, {
    seeds: seedList(1, 8),
    jobs: 2,
    signal: controller.signal,
    onProgress: (done) => done === 1 && controller.abort(reason),
  });
  await expect(running).rejects.toBe(reason);
});
