import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** Outputs thrown away at the start, so that nothing of the seed's structure is left. */
const DISCARDED = 16;

/**
 * One consumer's random numbers. A stream is determined by the run's seed and its own name, so that
 * a new consumer never shifts another's numbers.
 *
 * `uniform` and `integer` are the same bits on every engine. The others go through `Math.log1p` and
 * the like, which engines may round differently in the last place: round their results to integers
 * before the model uses them.
 */
export class RandomStream {
  private readonly generator: ReturnType<typeof xoroshiro128plusFromState>;

  /** @param seed any integer that a double holds exactly; 0 and negative ones are ordinary seeds */
  constructor(seed: number, name: string) {
    this.generator = xoroshiro128plusFromState([0, 1, 2, 3].map((i) => stateWord(i, seed, name)));
    for (let i = 0; i < DISCARDED; i++) this.generator.next();
  }

  /** Uniform in [0, 1), in steps of 2^-32. */
  uniform(): number {
    return (this.generator.next() >>> 0) * 2 ** -32;
  }

  /** Exponentially distributed with this mean; at most 22.2 times the mean (32 bits). */
  exponential(mean: number): number {
    return -mean * Math.log1p(-this.uniform());
  }

  /**
   * Log-normally distributed with this mean; `spread` is the standard deviation of its logarithm.
   * By the method of Box and Muller; as `exponential`, to be rounded before the model uses it.
   */
  logNormal(mean: number, spread: number): number {
    const radius = Math.sqrt(-2 * Math.log1p(-this.uniform()));
    const normal = radius * Math.cos(2 * Math.PI * this.uniform());
    return mean * Math.exp(spread * normal - (spread * spread) / 2);
  }

  /** A whole number in 0 ... n - 1, for n up to 2^32; no value's chance is off by over 2^-32. */
  integer(n: number): number {
    return Math.floor(this.uniform() * n);
  }
}

/**
 * One 32-bit word of the generator's state. pure-rand's own seeding copies the seed into the state
 * unmixed, so that small seeds start with nearly equal outputs; hence a hash over seed and name.
 */
function stateWord(index: number, seed: number, name: string): number {
  let hash = mix(Math.imul(index + 1, 0x9e3779b9));
  hash = mix(hash ^ (seed | 0));
  hash = mix(hash ^ Math.floor(seed / 2 ** 32));
  // Adding one after each step keeps runs of zeros from leaving a hash of zero where it is.
  for (let i = 0; i < name.length; i++) hash = mix(hash ^ name.charCodeAt(i)) + 1;
  return hash | 0;
}

/** The finaliser of MurmurHash3: every input bit flips each output bit with a chance of a half. */
function mix(word: number): number {
  let h = word ^ (word >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
