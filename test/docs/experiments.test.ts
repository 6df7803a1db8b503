import { test, vi } from 'vitest';
import { expectHeld } from './held.js';

vi.mock('../../src/run/worker.js', async (original) =>
  (await import('../remembered-runs.js')).rememberedRuns(original),
);

test('the tutorial runs as it stands', () => expectHeld('docs/experiments.md'));
