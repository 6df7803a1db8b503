import {
  BASES,
  type Basis,
  type ClaimResult,
  type Evidence,
  type ExperimentResult,
  type Verdict,
} from '../../measure/experiment-result.js';

export type JudgedClaims = Pick<ExperimentResult, 'claims' | 'unjudged'>;

/** Singular and plural: "1 holds", "2 hold". */
const COUNTED: Readonly<Record<Verdict, readonly [one: string, more: string]>> = {
  holds: ['holds', 'hold'],
  undecided: ['undecided', 'undecided'],
  fails: ['fails', 'fail'],
};

const ORDER: readonly Verdict[] = ['holds', 'undecided', 'fails'];

/**
 * "of 5 predictions, 3 hold, 2 fail; fitted: 7 hold; by construction: 4 hold; of related work: 5
 * hold; 2 not judged", without what there is none of. Only predictions are evidence, so that
 * nothing is added up; what the paper says of others' systems is none about its own.
 */
export function verdictCounts({ claims, unjudged }: JudgedClaims): string {
  const own = claims.filter(({ evidence }) => evidence !== 'related');
  const related = claims.filter(({ evidence }) => evidence === 'related');
  const groups = BASES.flatMap((basis) => {
    const some = own.filter((claim) => claim.basis === basis);
    return some.length === 0 ? [] : [`${headOf(basis, some.length)} ${countsOf(some)}`];
  });
  return [
    ...groups,
    ...(related.length === 0 ? [] : [`of related work: ${countsOf(related)}`]),
    ...(unjudged.length === 0 ? [] : [`${unjudged.length} not judged`]),
  ].join('; ');
}

/** The same as the beginning of a sentence. */
export function verdictCountsSentence(judged: JudgedClaims): string {
  const text = verdictCounts(judged);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function headOf(basis: Basis, count: number): string {
  if (basis !== 'predicted') return `${basis}:`;
  return count === 1 ? 'of 1 prediction,' : `of ${count} predictions,`;
}

function countsOf(claims: readonly ClaimResult[]): string {
  return ORDER.flatMap((verdict) => {
    const count = claims.filter((claim) => claim.verdict === verdict).length;
    const [one, more] = COUNTED[verdict];
    return count === 0 ? [] : [`${count} ${count === 1 ? one : more}`];
  }).join(', ');
}

/** Which claims say nothing about the model, a text for each reason. */
export function noEvidenceTexts(claims: readonly ClaimResult[]): string[] {
  const about = (why: string, basis: Basis) => {
    const ids = claims.filter((claim) => claim.basis === basis).map(({ id }) => id);
    return ids.length === 0 ? [] : [`${why}: ${ids.join(', ')}.`];
  };
  return [
    ...about('Fitted, so no independent evidence', 'fitted'),
    ...about('True by construction, so no evidence', 'by construction'),
  ];
}

const EVIDENCE_WORDS: Readonly<Record<Evidence, string>> = {
  measured: 'measured',
  expected: 'expected, not measured',
  argued: 'argued, not measured',
  setting: 'a setting, not measured',
  related: 'of related work, not measured',
};

/** The paper's value, and where the paper has it from: "50% (measured)". */
export function paperText({ paper, evidence }: Pick<ClaimResult, 'paper' | 'evidence'>): string {
  return `${paper} (${EVIDENCE_WORDS[evidence]})`;
}
