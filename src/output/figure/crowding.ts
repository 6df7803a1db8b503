/** The part of a line that others may hide while it can still be followed. */
const MOST_HIDDEN = 0.6;
/** The part of each of two lines that may lie in the bands of others. */
const MOST_IN_BANDS = 0.5;

/** A line's heights at the same places as those of others; NaN where it has none. */
export interface Heights {
  readonly values: readonly number[];
  /** Of the band around it. */
  readonly low?: readonly number[];
  readonly high?: readonly number[];
}

/**
 * Whether lines are to be drawn apart: one of them is hidden by others for the most part, or two of
 * them lie in bands of others, so that nobody can say whose band is whose.
 * @param reach lines nearer than this cannot be told apart
 */
export function isCrowded(lines: readonly Heights[], reach: number): boolean {
  const isHidden = partsNear(lines, (at, line, other) => {
    return Math.abs((other.values[at] ?? Number.NaN) - (line.values[at] ?? 0)) < reach;
  }).some((part) => part > MOST_HIDDEN);
  const inBands = partsNear(lines, (at, line, { low, high }) => {
    const value = line.values[at] ?? Number.NaN;
    return value >= (low?.[at] ?? Number.NaN) && value <= (high?.[at] ?? Number.NaN);
  }).filter((part) => part > MOST_IN_BANDS);
  return isHidden || inBands.length > 1;
}

/** The part of each line, 0 to 1, at which it is near to another. */
function partsNear(
  lines: readonly Heights[],
  isNear: (at: number, line: Heights, other: Heights) => boolean,
): number[] {
  return lines.map((line) => {
    const known = [...line.values.keys()].filter((at) => Number.isFinite(line.values[at]));
    const near = known.filter((at) =>
      lines.some((other) => other !== line && isNear(at, line, other)),
    );
    return known.length === 0 ? 0 : near.length / known.length;
  });
}
