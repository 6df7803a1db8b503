/** Sets of up to 32 PCPUs in the bits of an integer. */

/** The lowest member of a set that is not empty. */
export function lowestBit(set: number): number {
  return 31 - Math.clz32(set & -set);
}

/** The next member above `pcpu`, wrapping round to the lowest, of a set that is not empty. */
export function lowestBitAbove(set: number, pcpu: number): number {
  const above = set & (-2 << pcpu);
  return lowestBit(above !== 0 ? above : set);
}
