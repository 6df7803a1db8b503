import { Flags } from '@oclif/core';
import { InputError } from '../../base/input-error.js';
import { LEAST_MAX_SEEDS } from '../../measure/enough-seeds.js';
import type { Precision } from '../../measure/precision.js';

/** What --max-seeds is, if nothing is said. */
const MAX_SEEDS = 100;

/** Flags that say how many seeds there have to be, of commands whose intervals are judged. */
export const precisionFlags = {
  precision: Flags.string({
    helpValue: 'P',
    summary:
      'Add seeds until the 95% intervals in figures and claims are within 0.5 (points), 1% (of ' +
      'the mean), or 0.5,1% (points for percentages, else of the mean).',
    helpGroup: 'RUN',
  }),
  'max-seeds': Flags.integer({
    helpValue: 'N',
    summary: `With --precision: the most seeds (default: ${MAX_SEEDS}).`,
    min: LEAST_MAX_SEEDS,
    max: 10_000,
    dependsOn: ['precision'],
    helpGroup: 'RUN',
  }),
};

export interface PrecisionFlags {
  readonly precision?: string | undefined;
  readonly 'max-seeds'?: number | undefined;
}

/** How narrow intervals are to be, and how many seeds that may take. */
export interface SeedGoal {
  readonly precision: Precision;
  readonly maxSeeds: number;
}

/**
 * What --precision and --max-seeds say; null without them.
 * @param firstSeeds with how many seeds experiments begin
 * @throws InputError
 */
export function seedGoalOf(
  { precision: text, 'max-seeds': maxSeeds = MAX_SEEDS }: PrecisionFlags,
  firstSeeds: readonly number[],
): SeedGoal | null {
  if (text === undefined) return null;
  const precision = precisionOf(text);
  const first = Math.max(...firstSeeds);
  if (first < maxSeeds) return { precision, maxSeeds };
  const allowed = `more than the ${first} seeds to begin with, up to 10000`;
  throw new InputError(`--max-seeds: got ${maxSeeds}; allowed: ${allowed}`);
}

const NUMBER = String.raw`(?:\d+(?:\.\d+)?|\.\d+)`;
/** Points, a percentage, or both in this order. */
const FORM = new RegExp(`^(?!,)(${NUMBER})?(?:(?:^|,)(${NUMBER})%)?$`);

function precisionOf(text: string): Precision {
  const [whole, points = null, percent = null] = FORM.exec(text) ?? [];
  const given = [points, percent].flatMap((part) => (part === null ? [] : Number(part)));
  const isWrong = given.length === 0 || given.some((one) => !(one > 0 && Number.isFinite(one)));
  if (whole === undefined || isWrong) {
    const allowed = 'points such as 0.5, percent of the mean such as 1%, or 0.5,1%; above 0';
    throw new InputError(`--precision: got ${JSON.stringify(text)}; allowed: ${allowed}`);
  }
  return {
    points: points === null ? null : Number(points),
    relativePct: percent === null ? null : Number(percent),
  };
}
