/** The condition that is nearest to a bound of its rule, or farthest outside. */
export function nearestMargin<Measured extends { readonly margin: number }>(
  conditions: readonly Measured[],
): Measured {
  return conditions.reduce((nearest, one) => (one.margin < nearest.margin ? one : nearest));
}
