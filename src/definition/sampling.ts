/**
 * The sampling period, in nanoseconds, for another measured time than a definition's: the
 * definition's own if it divides that time, otherwise the longest that divides both. So the ends of
 * the definition's samples stay ends of samples, and what is about a part of the time stays true.
 * @param durationNs more than 0
 */
export function fittingSample(durationNs: number, sampleNs: number): number {
  let [longer, shorter] = [durationNs, sampleNs];
  while (shorter > 0) [longer, shorter] = [shorter, longer % shorter];
  return longer;
}
