/**
 * The paper's machine in closed form. A request costs `web` in the VM, `dom0` in domain 0 and
 * `snort` where Snort runs; a domain that is capped at half the CPU answers what it can pay for,
 * and so does a CPU that is full.
 */

import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { mersenne } from 'pure-rand/generator/mersenne';
import { type Found, type RootProblem, searchRoot } from '../../src/run/calibration/root-search.js';

/** Us per request: web, dom0, snort. */
export type RequestCosts = readonly [web: number, dom0: number, snort: number];

/** Percent of the CPU: the VM with Snort offloaded, the sum without offload, Snort offloaded. */
export type Shares = readonly [vm: number, noOffload: number, snort: number];

const REQUESTS_PER_US = 4000e-6;

export function sharesAt([web, dom0, snort]: RequestCosts): Shares {
  const each = web + dom0 + snort;
  const served = Math.min(REQUESTS_PER_US, 1 / each);
  const servedInside = Math.min(REQUESTS_PER_US, 0.5 / (web + snort));
  return [100 * web * served, 100 * each * servedInside, 100 * (dom0 + snort) * served];
}

/**
 * The costs that give these shares while the CPU is not full and the VM without offload is: then
 * it answers `0.5 / (web + snort)`, and domain 0 has the rest of the sum.
 */
export function costsFor([vm, noOffload, snort]: Shares): RequestCosts {
  const ratio = (noOffload - 50) / 50;
  const percent = 100 * REQUESTS_PER_US;
  const dom0 = (ratio * (vm + snort)) / (1 + ratio);
  return [vm / percent, dom0 / percent, (snort - dom0) / percent];
}

/** Standard deviations of ours over seeds of 60 s, in points. */
const NOISE: Shares = [0.07, 0.67, 0.36];

/** Searches costs for these shares on the simple machine, with noise as ours has. */
export function searchCosts(
  start: RequestCosts,
  targets: Shares,
  noiseSeed = 1,
  options: Partial<RootProblem> = {},
): Promise<Found> {
  const random = mersenne(noiseSeed);
  const normal = () =>
    Math.sqrt(-2 * Math.log(1 - uniformFloat64(random))) *
    Math.cos(2 * Math.PI * uniformFloat64(random));
  return searchRoot({
    start,
    targets,
    seeds: 4,
    rounds: 40,
    precision: 0.01,
    tolerance: 0.2,
    read: async (points, seeds) =>
      points.map((point) => {
        const shares = sharesAt(point as unknown as RequestCosts);
        return seeds.map(() => shares.map((share, i) => share + normal() * (NOISE[i] ?? 0)));
      }),
    ...options,
  });
}
