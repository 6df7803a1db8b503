import { expect, test } from 'vitest';
import { calibrate, TARGETS } from '../../src/experiments/calibrate.js';
import { findExperiment } from '../../src/experiments/catalog.js';
import type { Definition } from '../../src/experiments/definition.js';
import { withDuration } from '../../src/experiments/loader.js';

/** The Snort experiment for 4 s, with the three open costs given in microseconds. */
function snortWith(web: number, dom0: number, snort: number): Definition {
  const definition = withDuration(findExperiment('snort'), 4e9);
  const costs = {
    webRequestNs: web * 1000,
    dom0PacketNs: dom0 * 1000,
    snortPacketNs: snort * 1000,
  };
  return {
    ...definition,
    variants: definition.variants.map((variant) => ({
      ...variant,
      input: { ...variant.input, costs: { ...variant.input.costs, ...costs } },
    })),
  };
}

const options = { seeds: [1, 2], rounds: 2, jobs: 1 };

test('each cost is moved towards the reading that it acts on', async () => {
  const [first, second] = await calibrate(snortWith(30, 5, 3), options);
  expect(first?.vm_pct).toBeLessThan(TARGETS.vm);
  expect(first?.ids_pct).toBeLessThan(TARGETS.ids);
  expect(first?.converged).toBe(false);
  expect(second?.costs.webRequestNs).toBeGreaterThan(30_000);
  expect(second?.costs.snortPacketNs).toBeGreaterThan(3_000);
  expect(Math.abs((second?.vm_pct ?? 0) - TARGETS.vm)).toBeLessThan(
    Math.abs((first?.vm_pct ?? 0) - TARGETS.vm),
  );
});

test('the rounds are reported as they come, and the same again', async () => {
  const seen: number[] = [];
  const onRound = ({ round }: { readonly round: number }) => seen.push(round);
  const rounds = await calibrate(snortWith(30, 5, 3), { ...options, onRound });
  expect(seen).toEqual([1, 2]);
  expect(await calibrate(snortWith(30, 5, 3), options)).toEqual(rounds);
});
