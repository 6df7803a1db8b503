import { type TraceSink, trace } from '../model/index.js';
import type { Definition, Variant } from './definition.js';
import { formatDuration } from './duration.js';
import { InputError } from './input-error.js';
import { allowedNames } from './nearest.js';

export type { TraceLabel, TraceSink } from '../model/index.js';

/** What of an experiment is traced if nothing else is asked for: enough to see, and to load. */
const DEFAULT_FOR_NS = 1_000_000_000;

export interface TraceOptions {
  /** Default: the first. */
  readonly variant?: string | undefined;
  readonly seed: number;
  /** After the warm-up. */
  readonly fromNs: number;
  /** Default: a second, or what is left of the run. */
  readonly forNs?: number | undefined;
}

/** A run of which a part is traced. Times are nanoseconds after the warm-up, if not said. */
export interface TracedRun {
  readonly experiment: string;
  readonly variant: string;
  readonly seed: number;
  readonly fromNs: number;
  readonly endNs: number;
  /** Of the run as the experiment defines it. */
  readonly durationNs: number;
  readonly warmupNs: number;
  /** Simulates, and pauses often; each time it yields the simulated time, warm-up included. */
  readonly start: (sink: TraceSink) => Generator<number, void>;
}

/**
 * Plans a trace of one run of an experiment.
 * @throws InputError for an unknown variant, or times that the run does not have
 */
export function tracedRun(definition: Definition, options: TraceOptions): TracedRun {
  const variant = chooseVariant(definition, options.variant);
  const { seed, fromNs } = options;
  const { durationNs, warmupNs } = variant.input;
  const end = formatDuration(durationNs);
  if (!(fromNs >= 0 && fromNs < durationNs)) {
    throw new InputError(
      `--from: got ${formatDuration(fromNs)}; allowed: 0s or more, before the run ends at ${end}`,
    );
  }
  const leftNs = durationNs - fromNs;
  const forNs = options.forNs ?? Math.min(DEFAULT_FOR_NS, leftNs);
  if (!(forNs > 0 && forNs <= leftNs)) {
    throw new InputError(
      `--for: got ${formatDuration(forNs)}; allowed: more than 0s, at most ` +
        `${formatDuration(leftNs)} from ${formatDuration(fromNs)} to the run's end at ${end}`,
    );
  }
  const endNs = fromNs + forNs;
  return {
    experiment: definition.id,
    variant: variant.id,
    seed,
    fromNs,
    endNs,
    durationNs,
    warmupNs,
    start: (sink) => trace(variant.input, seed, { fromNs, endNs }, sink),
  };
}

function chooseVariant({ variants }: Definition, chosen: string | undefined): Variant {
  const ids = variants.map((variant) => variant.id);
  const variant = chosen === undefined ? variants[0] : variants.find(({ id }) => id === chosen);
  if (variant === undefined) {
    const got = chosen ?? '';
    throw new InputError(`--variant: got "${got}"; allowed: ${allowedNames(got, ids)}`);
  }
  return variant;
}
