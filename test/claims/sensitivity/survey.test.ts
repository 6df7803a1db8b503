import { expect, test } from 'vitest';
import type { Claim } from '../../../src/claims/claim.js';
import { survey } from '../../../src/claims/sensitivity/survey.js';
import { loadDefinition } from '../../../src/files/load-definition.js';
import { definitionFile } from '../../experiments/definition-files.js';

/** A server that is asked for little, beside one that is flooded and held to 10%. */
const FLOODED = `id: flooded
title: A server and a flood
duration: 100ms
warmup: 100ms
sample: 100ms
machine_values: { pcpus: 2, dom0_packet: 1, guest_packet: 25, web_request: 100 }
domains:
  dom0: { affinity: [0] }
  vm1:
    affinity: [1]
    accounting: cfs
    network: { input: lrp }
    containers: { victim: { share: 10, limit: 10, window: 20ms, processes: [victim] } }
processes:
  web: { program: webserver, domain: vm1 }
  victim: { program: webserver, domain: vm1 }
clients:
  httperf: { target: web, rate: 1000 }
  flood: { kind: syn-flood, target: victim, rate: 40000 }
subject: { vm: vm1 }
`;

/** CPU time of a server's requests, of finding the sockets of SYNs, and of the container. */
const CLAIM: Claim = {
  id: 'X1',
  experiment: 'flooded',
  figure: 'text',
  statement: '',
  paper: '',
  conditions: [
    {
      label: 'VM',
      measure: {
        kind: 'metrics',
        variant: 'main',
        metrics: ['vm_cpu_pct'],
        // A longer time than is asked for: a claim is judged by what it speaks of.
        window: { fromS: 0, toS: 0.4 },
      },
      rule: { kind: 'atMost', high: 100 },
    },
  ],
  causes: [],
  reason: '',
  basis: 'predicted',
  evidence: 'measured',
};

test('what nobody measured is varied, costs and settings, and the claims follow', async () => {
  const definition = loadDefinition(definitionFile(FLOODED));
  let last = 0;
  const result = await survey([CLAIM], [definition], {
    hypercubePoints: 2,
    seed: 1,
    seeds: 1,
    durationNs: 0.1e9,
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
  expect(result.costs.slice(-3)).toEqual([
    'network.demux_share',
    'network.channel',
    'containers.window',
  ]);
  expect(result.points).toHaveLength(1 + 4 * result.costs.length + 2);
  const marginAt = (cost: string, factor: number) =>
    result.points.find(({ kind, factors }) => kind === 'one' && factors.get(cost) === factor)
      ?.outcomes[0]?.margin ?? Number.NaN;
  // The dearer a request, the more the VM uses, the less is left to the limit.
  expect(marginAt('web_request', 0.7)).toBeGreaterThan(marginAt('web_request', 1.3) + 3);
  // 60% of what it is, 8% of 25 us, for 40 000 packets a second; but what the container still
  // receives, at most 5000 of them, takes 25 us in any case.
  const demux = marginAt('network.demux_share', 0.7) - marginAt('network.demux_share', 1.3);
  const perPacketPct = 0.6 * 0.08 * 25e-6 * 100;
  expect(demux).toBeLessThan(perPacketPct * 40_000);
  expect(demux).toBeGreaterThan(perPacketPct * 35_000);
});
