/** Sets of up to 32 PCPUs in the bits of an integer. */

/** The set of PCPUs of these numbers. */
export function setOf(pcpus: readonly number[]): number {
  return pcpus.reduce((set, pcpu) => set | (1 << pcpu), 0);
}

/** The lowest member of a set that is not empty. */
export function lowestBit(set: number): number {
  return 31 - Math.clz32(set & -set);
}

/** The next member above `pcpu`, wrapping round to the lowest, of a set that is not empty. */
export function lowestBitAbove(set: number, pcpu: number): number {
  const above = set & (-2 << pcpu);
  return lowestBit(above !== 0 ? above : set);
}
