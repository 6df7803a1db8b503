import { test, vi } from 'vitest';
import { expectHeld } from './held.js';

vi.mock('../../src/run/worker.js', async (original) =>
  (await import('../remembered-runs.js')).rememberedRuns(original),
);

test('docs/planning.md shows what commands print', () => expectHeld('docs/planning.md'));
