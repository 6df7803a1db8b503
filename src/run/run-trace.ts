import { durationIn } from '../base/duration.js';
import { InputError } from '../base/input-error.js';
import { allowedNames } from '../base/nearest.js';
import type { Definition, Variant } from '../definition/definition.js';
import { type TraceSink, trace } from '../model/index.js';

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
  /** Units in which the user wrote the two, in which bounds are given. */
  readonly fromUnit?: string;
  readonly forUnit?: string;
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
  if (!(fromNs >= 0 && fromNs < durationNs)) {
    const text = (ns: number) => durationIn(options.fromUnit ?? 's', ns);
    const allowed = `${text(0)} or more, before the run ends at ${text(durationNs)}`;
    throw new InputError(`--from: got ${text(fromNs)}; allowed: ${allowed}`);
  }
  const leftNs = durationNs - fromNs;
  const forNs = options.forNs ?? Math.min(DEFAULT_FOR_NS, leftNs);
  if (!(forNs > 0 && forNs <= leftNs)) {
    const text = (ns: number) => durationIn(options.forUnit ?? 's', ns);
    throw new InputError(
      `--for: got ${text(forNs)}; allowed: more than ${text(0)}, at most ${text(leftNs)} ` +
        `from ${text(fromNs)} to the run's end at ${text(durationNs)}`,
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
