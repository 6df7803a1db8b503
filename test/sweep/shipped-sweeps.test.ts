/** `results/sweeps` is what the shipped sweeps write. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { sweepNames } from '../../src/files/shipped.js';
import { planSweep } from '../../src/sweep/plan.js';
import { asWritten } from '../../src/sweep/request.js';
import { findSweep } from '../../src/sweep/sweep-file.js';
import { offloadcageProcess, root } from '../commands/offloadcage.js';

describe('the committed results', () => {
  test.each(sweepNames())('%s: of the sweep as it is now', (id) => {
    const path = join(root, 'results/sweeps', id, 'datapackage.json');
    const { resources } = JSON.parse(readFileSync(path, 'utf8'));
    const { hash } = planSweep(asWritten(findSweep(id))).sweep;
    const found = resources.map((one: { path: string; offloadcage: { sweep_hash: string } }) => [
      one.path,
      one.offloadcage.sweep_hash,
    ]);
    expect(found).toEqual([
      [`${id}.csv`, hash],
      [`${id}.svg`, hash],
    ]);
  });

  test.each(sweepNames())('%s: the first seed gives the same bytes again', (id) => {
    const path = join(root, 'results/sweeps', id, `${id}.csv`);
    const [head, ...rows] = readFileSync(path, 'utf8').split('\r\n');
    const seed = head?.split(',').indexOf('seed') ?? -1;
    const first = rows.filter((row) => row.split(',')[seed] === '1');
    const again = offloadcageProcess(['sweep', id, '--seeds', '1', '--quiet', '-o', '-']).stdout;
    expect(again).toBe(`${[head, ...first].join('\r\n')}\r\n`);
  });
});
