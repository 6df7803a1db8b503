import { beforeAll, describe, expect, test } from 'vitest';
import type { Definition } from '../../src/definition/definition.js';
import { withMachines, withValues } from '../../src/definition/machines/machine-changes.js';
import { withDuration } from '../../src/definition/resolve-definition.js';
import { findExperiment } from '../../src/files/experiment-catalog.js';
import {
  type CalibrationRound,
  calibrate,
  TARGETS,
  TOLERANCE_PCT,
} from '../../src/run/calibration.js';

/** The Snort experiment with the three open costs given in microseconds. */
function snortWith(costs: readonly [web: number, dom0: number, snort: number], durationS = 4) {
  const [web_request, dom0_packet, snort_packet] = costs;
  const values = { web_request, dom0_packet, snort_packet };
  const definition = withDuration(findExperiment('snort'), durationS * 1e9);
  return withMachines(definition, (machine) => withValues(machine, values));
}

const options = { seeds: [1, 2], rounds: 2, jobs: 1 };

/** Rounds from costs that are too low, and the numbers of those that were reported. */
let rounds: readonly CalibrationRound[];
const seen: number[] = [];

beforeAll(async () => {
  const onRound = ({ round }: { readonly round: number }) => seen.push(round);
  rounds = await calibrate(snortWith([30, 5, 3]), { ...options, onRound });
});

test('each cost is moved towards the reading that it acts on', () => {
  const [first, second] = rounds;
  expect(first?.vm_pct).toBeLessThan(TARGETS.vm.pct);
  expect(first?.ids_pct).toBeLessThan(TARGETS.ids.pct);
  expect(first?.converged).toBe(false);
  expect(second?.costs.webRequestNs).toBeGreaterThan(30_000);
  expect(second?.costs.snortPacketNs).toBeGreaterThan(3_000);
  expect(Math.abs((second?.vm_pct ?? 0) - TARGETS.vm.pct)).toBeLessThan(
    Math.abs((first?.vm_pct ?? 0) - TARGETS.vm.pct),
  );
});

test('the rounds are reported as they come, and the same again', async () => {
  expect(seen).toEqual([1, 2]);
  expect(await calibrate(snortWith([30, 5, 3]), options)).toEqual(rounds);
});

describe('from costs near a solution', () => {
  /** What the fit ends with, and what other seeds read of that. */
  async function fitFrom(costs: readonly [number, number, number]) {
    const rounds = await calibrate(snortWith(costs, 20), { ...options, rounds: 12 });
    const fitted = rounds.at(-1) as CalibrationRound;
    expect(rounds.length).toBeGreaterThan(1);
    expect(fitted.converged).toBe(true);
    const { webRequestNs, dom0PacketNs, snortPacketNs } = fitted.costs;
    const us = [webRequestNs / 1e3, dom0PacketNs / 1e3, snortPacketNs / 1e3] as const;
    const [again] = await calibrate(snortWith(us, 20), { seeds: [11, 12, 13], rounds: 1, jobs: 1 });
    return { us, again: again as CalibrationRound };
  }

  /** Two seeds of 20 s, and other three, are off by as much again as the fit allows. */
  function expectOnTarget({ ids_pct, total_pct, vm_pct }: CalibrationRound) {
    for (const [read, { pct }] of [
      [ids_pct, TARGETS.ids],
      [total_pct, TARGETS.total],
      [vm_pct, TARGETS.vm],
    ] as const) {
      expect(Math.abs(read - pct)).toBeLessThan(2 * TOLERANCE_PCT);
    }
  }

  /** The costs of a definition's first variant, in microseconds. */
  function costsOf({ variants }: Definition): number[] {
    const costs = variants[0]?.machine.costs;
    return [costs?.web_request, costs?.dom0_packet, costs?.snort_packet].map(
      (cost) => cost?.value ?? Number.NaN,
    );
  }

  test.each([[[54, 9, 6.6]], [[52, 6.8, 9]], [[40, 6, 6]]] as const)(
    'it comes near the shipped ones from %j',
    async (start) => {
      const { us, again } = await fitFrom(start);
      expectOnTarget(again);
      for (const [i, shipped] of costsOf(findExperiment('snort')).entries()) {
        expect(Math.abs((us[i] ?? 0) / shipped - 1)).toBeLessThan(0.15);
      }
    },
  );
});
