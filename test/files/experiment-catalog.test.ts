/** What names of experiments and figures stand for. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  findExperiment,
  findExperiments,
  loadCatalog,
  paperExperiments,
} from '../../src/files/experiment-catalog.js';
import { experimentFile } from '../../src/files/shipped.js';
import { messageOf } from '../experiments/messages.js';

const idsOf = (names: readonly string[]) => findExperiments(names).map(({ id }) => id);

test('experiments come in the order of the figures of the paper, others follow by id', () => {
  const ids = loadCatalog().map(({ id }) => id);
  const figures = ['snort', 'tripwire', 'loop', 'accounting-snort', 'accounting-tripwire'];
  expect(ids.slice(0, 5)).toEqual(figures);
  expect(ids.slice(5)).toEqual(ids.slice(5).toSorted());
  const paper = ids.filter((id) => /^paper:/m.test(readFileSync(experimentFile(id), 'utf8')));
  expect(paperExperiments().map(({ id }) => id)).toEqual(paper);
  expect(paper).not.toEqual(ids);
});

describe('a figure', () => {
  test('is its experiment, with what it shows and no more', () => {
    const { id, figures, variants } = findExperiment('fig5');
    expect([id, figures.map(({ number }) => number)]).toEqual(['snort', [5]]);
    expect(variants.map((variant) => variant.id)).toEqual(['offload']);
    expect(findExperiment('fig6').variants).toHaveLength(3);
  });

  test('beside another of the same experiment is all of that, once', () => {
    const [one, ...others] = findExperiments(['fig4', 'fig5', 'fig4']);
    expect(others).toEqual([]);
    expect(one?.figures).toHaveLength(4);
    expect(idsOf(['fig10', 'snort', 'fig4', 'snort'])).toEqual(['loop', 'snort']);
    expect(findExperiments(['fig4', 'fig4'])[0]?.figures).toHaveLength(1);
  });
});

test('an unknown name is refused with the nearest, and with what the caller takes besides', () => {
  const said = (name: string) => messageOf(() => findExperiment(name, ['all', 'snort-cap']));
  expect(said('snrot')).toMatch(/^experiment: got "snrot"; did you mean snort\? allowed: /);
  expect(said('fig44')).toContain('did you mean fig4?');
  expect(said('snort-cpa')).toContain('did you mean snort-cap?');
  // Sweeps are in the list already.
  expect(said('xyz')).toMatch(/allowed: what `offloadcage list` shows, or all$/);
});
