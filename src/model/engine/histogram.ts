/** Values below this are all in the first bucket: 1 us, in ns. */
const FIRST_BIT = 10;
/** Values from 2^38 ns (4.6 minutes) on are all in the last. */
const LAST_BIT = 38;
/** Times below are told by 31 bits of their integer; longer ones have more to leave out. */
const LONG_BIT = 34;
/** Buckets per doubling: a bucket is at most 1/64 of its values wide. */
const SUB_BITS = 6;
const SUBS = 1 << SUB_BITS;
const BUCKETS = (LAST_BIT - FIRST_BIT) * SUBS;

/**
 * Counts of times in buckets of a fixed relative width (1.6%), like a high dynamic range histogram:
 * its size depends neither on how many there are nor on how long they take.
 */
export class Histogram {
  /** By bucket. */
  readonly counts = new Float64Array(BUCKETS);

  /** @param ns not negative */
  add(ns: number): void {
    this.counts[bucketOf(ns)]!++;
  }
}

/** By the bits of an integer: a logarithm takes several times as long. */
function bucketOf(ns: number): number {
  if (ns < 2 ** FIRST_BIT) return 0;
  if (ns >= 2 ** LAST_BIT) return BUCKETS - 1;
  const isLong = ns >= 2 ** LONG_BIT;
  const extra = isLong ? LAST_BIT - LONG_BIT : 0;
  // As many bits as a bucket is told by are left of the shortest time. The powers are constants,
  // as one that is not takes longer than all the rest.
  const units =
    (isLong
      ? ns / 2 ** (FIRST_BIT - SUB_BITS + LAST_BIT - LONG_BIT)
      : ns / 2 ** (FIRST_BIT - SUB_BITS)) | 0;
  const bit = 31 - Math.clz32(units);
  const sub = (units >> (bit - SUB_BITS)) & (SUBS - 1);
  return (bit - SUB_BITS + extra) * SUBS + sub;
}

/** Where a bucket begins, in ns. */
function beginOf(bucket: number): number {
  const bit = FIRST_BIT + Math.floor(bucket / SUBS);
  return 2 ** bit * (1 + (bucket % SUBS) / SUBS);
}

/**
 * The time, in ns, that a part of the counted times does not exceed; interpolated within its
 * bucket.
 * @param counts by bucket of a `Histogram`, or the difference of two
 * @param part 0 to 1
 * @returns NaN if nothing was counted
 */
export function quantileNs(counts: Float64Array, part: number): number {
  let total = 0;
  for (const count of counts) total += count;
  if (total === 0) return Number.NaN;
  let left = part * total;
  let last = 0;
  for (let bucket = 0; bucket < counts.length; bucket++) {
    const count = counts[bucket]!;
    if (count === 0) continue;
    last = bucket;
    if (left <= count) {
      const begin = beginOf(bucket);
      return begin + (left / count) * (beginOf(bucket + 1) - begin);
    }
    left -= count;
  }
  return beginOf(last + 1);
}
