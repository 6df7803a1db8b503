import type { Definition, Variant } from '../../definition/definition.js';
import type { Settings } from '../../definition/settings-schema.js';
import type { ClaimResult } from '../../measure/experiment-result.js';
import type { MeasuredExperiment } from '../../run/runner.js';
import { type Claim, type KernelKind, runsFor, withoutAsides } from '../claim.js';
import { judgeClaim } from '../judge.js';
import { measureAsCounted } from './meters.js';
import type { Reading } from './reading.js';
import { definitionUnder } from './set-up-under.js';

/** What becomes of a claim under a reading. */
export type Cell =
  | { readonly kind: 'judged'; readonly claim: ClaimResult }
  /** The reading has nothing that the claim speaks of. */
  | { readonly kind: 'not asked'; readonly reason: string }
  /** What was run does not tell. */
  | { readonly kind: 'not judged'; readonly reason: string };

/** A reading with its verdicts. */
export interface Column {
  readonly reading: Reading;
  /** By claim, in the order of the matrix's. */
  readonly cells: readonly Cell[];
}

/** Claims by readings; the reference comes first. */
export interface Matrix {
  readonly claims: readonly Claim[];
  readonly columns: readonly Column[];
}

/** A reading with what it makes of the claims and of the experiments that they need. */
export interface AskedReading {
  readonly reading: Reading;
  /** By claim: how it is asked under the reading, or why it cannot be. */
  readonly asked: readonly (Claim | { readonly because: string })[];
  /** What has to be run. */
  readonly runs: readonly { readonly definition: Definition; readonly variants: string[] }[];
}

/**
 * How claims are asked under a reading.
 * @param find gives the shipped experiment of an id
 */
export function ask(
  claims: readonly Claim[],
  reading: Reading,
  find: (experiment: string) => Definition,
): AskedReading {
  const definitions = new Map<string, Definition>();
  const under = (experiment: string) => {
    const known = definitions.get(experiment) ?? definitionUnder(find(experiment), reading);
    definitions.set(experiment, known);
    return known;
  };
  const asked = withoutAsides(claims).map((claim) => {
    const because = whyNotAsked(claim, under);
    return because === null ? asCounted(claim, reading) : { because };
  });
  const runs = runsFor(asked.filter((one) => 'conditions' in one));
  return {
    reading,
    asked,
    runs: [...runs].map(([id, variants]) => ({ definition: under(id), variants: [...variants] })),
  };
}

/**
 * Judges claims under readings.
 * @param results by reading, of its runs
 */
export function matrixOf(
  claims: readonly Claim[],
  readings: readonly AskedReading[],
  results: readonly (readonly MeasuredExperiment[])[],
): Matrix {
  const columns = readings.map(({ reading, asked }, r): Column => {
    const own = (results[r] ?? []).map(meantSo);
    const cells = asked.map((one): Cell => {
      if ('because' in one) return { kind: 'not asked', reason: one.because };
      const judged = judgeClaim(one, own);
      return 'missing' in judged
        ? { kind: 'not judged', reason: judged.missing }
        : { kind: 'judged', claim: judged };
    });
    return { reading, cells };
  });
  return { claims, columns };
}

/** A reading is another set-up than the shipped one on purpose. */
function meantSo(result: MeasuredExperiment): MeasuredExperiment {
  const variants = result.variants.map((variant) => ({ ...variant, unlikeShipped: [] }));
  return { ...result, variants };
}

function asCounted(claim: Claim, { choices }: Reading): Claim {
  const conditions = claim.conditions.map((condition) => ({
    ...condition,
    measure: measureAsCounted(condition.measure, choices.counts.value),
  }));
  return { ...claim, conditions };
}

/** Null if a claim can be asked: each kernel that it speaks of is there. */
function whyNotAsked(claim: Claim, under: (experiment: string) => Definition): string | null {
  const { kernel, experiment, conditions } = claim;
  if (kernel === undefined) return null;
  for (const condition of conditions) {
    const { variants } = under(condition.experiment ?? experiment);
    const variant = variants.find(({ id }) => id === condition.measure.variant);
    const found = variant === undefined ? null : kindOf(variant, kernel.domain);
    if (found === kernel.accounts) continue;
    return `it speaks of a kernel with ${kernel.accounts}, and ${kernel.domain} has ${found}`;
  }
  return null;
}

type Accounting = Settings['domains'][string]['accounting'];

const KINDS: Readonly<Record<Accounting, KernelKind['accounts']>> = {
  o1: 'O(1)',
  'o1-steal': 'O(1)',
  cfs: 'CFS',
  'cfs-hvm': 'CFS, fully virtualised',
};

function kindOf({ input }: Variant, domain: string): KernelKind['accounts'] | null {
  const accounting = input.domains.find(({ name }) => name === domain)?.accounting;
  return accounting === undefined ? null : KINDS[accounting];
}
