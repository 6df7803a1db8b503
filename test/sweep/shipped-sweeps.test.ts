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

  // One variant of each, as all of them take minutes; the rows of the others come the same way.
  test.each(sweepNames())('%s: a variant gives the same bytes again with the first seed', (id) => {
    const path = join(root, 'results/sweeps', id, `${id}.csv`);
    const [head = '', ...rows] = readFileSync(path, 'utf8').trimEnd().split('\r\n');
    const columns = head.split(',');
    const cell = (row: string, name: string) => row.split(',')[columns.indexOf(name)];
    const variant = cell(rows.at(-1) ?? '', 'variant') ?? '';
    const own = rows.filter((row) => cell(row, 'seed') === '1' && cell(row, 'variant') === variant);
    const args = ['sweep', id, '--seeds', '1', '--variant', variant, '--quiet', '-o', '-'];
    expect(offloadcageProcess(args).stdout).toBe(`${[head, ...own].join('\r\n')}\r\n`);
  });
});
