import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { mersenne } from 'pure-rand/generator/mersenne';

/** The costs are varied by this much at most, up and down. */
export const SPREAD = 0.3;
const STEPS = [1 - SPREAD, 1 - SPREAD / 2, 1 + SPREAD / 2, 1 + SPREAD];

/** A machine that differs from the shipped one in some costs. */
export interface Point {
  /** None is varied, one, or all together. */
  readonly kind: 'base' | 'one' | 'all';
  /** By cost: so many times what it is. */
  readonly factors: ReadonlyMap<string, number>;
}

/** Each cost by itself at -30, -15, +15 and +30%. */
export function oneAtATime(costs: readonly string[]): Point[] {
  return costs.flatMap((cost) =>
    STEPS.map((factor): Point => ({ kind: 'one', factors: new Map([[cost, factor]]) })),
  );
}

/**
 * All costs together, between -30 and +30%, by a Latin hypercube (McKay, Beckman, Conover 1979):
 * for each cost the range is cut into as many strata as there are points, and each point is in
 * another one, so that few points cover every cost's range evenly.
 */
export function latinHypercube(costs: readonly string[], count: number, seed: number): Point[] {
  const random = mersenne(seed);
  const uniform = () => uniformInt(random, 0, 2 ** 31 - 1) / 2 ** 31;
  const columns = costs.map(() => {
    const strata = Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = uniformInt(random, 0, i);
      [strata[i], strata[j]] = [strata[j] as number, strata[i] as number];
    }
    return strata.map((stratum) => 1 - SPREAD + (2 * SPREAD * (stratum + uniform())) / count);
  });
  return Array.from({ length: count }, (_, i) => ({
    kind: 'all' as const,
    factors: new Map(costs.map((cost, c) => [cost, columns[c]?.[i] as number])),
  }));
}
