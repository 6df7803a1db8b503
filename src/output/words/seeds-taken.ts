import type { SeedsTaken } from '../../measure/enough-seeds.js';
import type { Precision, Width } from '../../measure/precision.js';
import { formatNumber } from './numbers.js';

/** How many seeds it took to make intervals narrow, and which number decided it. */
export function seedsTakenText(taken: SeedsTaken): string {
  const { precision, seeds, isReached, decidedBy, notAsked } = taken;
  const wanted = precisionText(precision);
  const others = notAsked === 1 ? '1 number in another unit' : `${notAsked} numbers in other units`;
  const rest = notAsked === 0 ? '' : ` Nothing was asked of ${others}.`;
  if (decidedBy === null) {
    return `${seeds} seeds; there is no interval to be within ${wanted}.${rest}`;
  }
  return isReached
    ? `${seeds} seeds put all intervals within ${wanted}. ${widthText(decidedBy)} decided.${rest}`
    : `${seeds} seeds, the most allowed, do not put all intervals within ${wanted}. ` +
        `${widthText(decidedBy)} is farthest from it.${rest}`;
}

function precisionText({ points, relativePct }: Precision): string {
  return [
    ...(points === null ? [] : [points === 1 ? '1 point' : `${points} points`]),
    ...(relativePct === null ? [] : [`${relativePct}% of the mean`]),
  ].join(' or ');
}

/** "offload, vm_cpu_pct (half width 0.43 points, allowed 0.50)". */
function widthText({ name, unit, halfWidth, allowed }: Width): string {
  const half = [formatNumber(halfWidth), unit].filter((text) => text !== '').join(' ');
  return `${name} (half width ${half}, allowed ${formatNumber(allowed)})`;
}
