/** The mean of the values that are there; NaN if there are none. */
export function meanOfKnown(values: Iterable<number>): number {
  const known = [...values].filter(Number.isFinite);
  // Parts of the mean: a sum of large values may be beyond what a number holds.
  return known.length === 0
    ? Number.NaN
    : known.reduce((sum, value) => sum + value / known.length, 0);
}
