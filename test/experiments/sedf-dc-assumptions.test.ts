/**
 * What is assumed of SEDF-DC and ShareGuard decides no verdict: R1 to R6 with other values. What
 * these change nothing of is not run.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { variantsOf } from '../../src/claims/claim.js';
import { valuesOf } from '../../src/claims/measures.js';
import { verdictOf } from '../../src/claims/rule.js';
import { SEDF_DC_CLAIMS } from '../../src/claims/sedf-dc-claims.js';
import type { Definition } from '../../src/definition/definition.js';
import { findExperiment } from '../../src/files/experiment-catalog.js';
import { loadDefinition } from '../../src/files/load-definition.js';
import { runExperiment } from '../../src/run/runner.js';
import { root } from '../commands/offloadcage.js';
import { SNORT, TRIPWIRE } from '../docs/sedf-dc.js';
import { definitionFile } from './definition-files.js';

/** The variants in which debts are collected, and those without debts that they are set beside. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  [SNORT]: ['sedf', 'sedf-dc', 'share-guard', 'sedf-dc-inside'],
  [TRIPWIRE]: ['sedf-dc', 'share-guard'],
};

/** The experiment with other settings of debts, and of ShareGuard. */
function changed(id: string, debts: string, guard: string): string {
  const text = readFileSync(join(root, `experiments/${id}.yaml`), 'utf8');
  const variants = text
    .replaceAll('debts: {}', `debts: { ${debts} }`)
    .replace(
      /debts: \{ guard: \{ (limit: \d+) \} \}/,
      `debts: { ${debts}, guard: { $1, ${guard} } }`,
    );
  expect(variants.split(debts)).toHaveLength(4);
  expect(variants.split(guard)).toHaveLength(2);
  return definitionFile(variants);
}

test.each([
  ['feedback: 20ms', 'every: 500ms'],
  ['feedback: 1s', 'every: 2s'],
  ['received_weight: 0.9', 'every: 500ms'],
  ['sent_weight: 0.9', 'every: 500ms'],
])('%s, %s: R1 to R6 hold', async (debts, guard) => {
  for (const [id, variants = []] of Object.entries(ASKED)) {
    const definition = loadDefinition(changed(id, debts, guard));
    const shipped = findExperiment(id);
    const measured = await runExperiment(definition, {
      jobs: 1,
      seeds: [1],
      durationNs: 6e9,
      variants,
    });
    const inputOf = ({ variants: all }: Definition, name: string) =>
      all.find((variant) => variant.id === name)?.input;
    const conditions = SEDF_DC_CLAIMS.flatMap((claim) =>
      claim.conditions.filter(({ experiment = claim.experiment }) => experiment === id),
    );
    expect(conditions.length).toBeGreaterThan(1);
    for (const { label, measure, rule } of conditions) {
      const looksAt = variantsOf(measure);
      if (!looksAt.every((one) => variants.includes(one))) {
        const inputs = [definition, shipped].map((each) => looksAt.map((v) => inputOf(each, v)));
        expect(inputs[0]).toEqual(inputs[1]);
        continue;
      }
      const found = valuesOf(measure, measured.variants);
      const [value = Number.NaN] = 'values' in found ? found.values : [];
      expect([label, value, verdictOf(rule, [value, value])]).toEqual([label, value, 'holds']);
    }
  }
});
