import { expect, test } from 'vitest';
import type { Claim } from '../../../src/claims/claim.js';
import { survey } from '../../../src/claims/sensitivity/survey.js';
import { loadDefinition } from '../../../src/files/load-definition.js';
import { experimentFile } from '../../../src/files/shipped.js';

/** CPU time that the web server takes for a request, seen through the VM's at a light load. */
const CLAIM: Claim = {
  id: 'X1',
  experiment: 'snort',
  figure: 'text',
  statement: '',
  paper: '',
  conditions: [
    {
      label: 'VM',
      measure: {
        kind: 'metrics',
        variant: 'offload',
        metrics: ['vm_cpu_pct'],
        // A longer time than is asked for: a claim is judged by what it speaks of.
        window: { fromS: 0, toS: 1 },
      },
      rule: { kind: 'atMost', high: 100 },
    },
  ],
  causes: [],
  reason: '',
  basis: 'predicted',
  evidence: 'measured',
};

test('costs that nobody measured are varied, and the claims follow', async () => {
  const definition = loadDefinition(experimentFile('snort'));
  let last = 0;
  const result = await survey([CLAIM], [definition], {
    hypercubePoints: 2,
    seed: 1,
    seeds: 1,
    durationNs: 0.5e9,
    store: null,
    onProgress: (done, total) => {
      last = done / total;
    },
  });
  expect(last).toBe(1);
  expect(result.costs).toContain('web_request');
  expect(result.costs).toContain('jitter');
  // Published.
  expect(result.costs).not.toContain('link');
  expect(result.points).toHaveLength(1 + 4 * result.costs.length + 2);
  const marginAt = (factor: number) =>
    result.points.find(
      ({ kind, factors }) => kind === 'one' && factors.get('web_request') === factor,
    )?.outcomes[0]?.margin ?? Number.NaN;
  // The dearer a request, the more the VM uses, the less is left to the limit.
  expect(marginAt(0.7)).toBeGreaterThan(marginAt(1.3) + 3);
});
